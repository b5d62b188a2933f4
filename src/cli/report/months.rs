//! The months of a report.

use jiff::civil::Date;

use crate::{
    app::when,
    cli::CliError,
    domain::report::{self, Span},
};

/// The options that say which months a report adds up; the last few of them, unless it is said.
#[derive(clap::Args, Debug, Clone)]
pub(super) struct MonthsArgs {
    /// How many months, including the current one [default: 12, or 3 of processors]
    #[arg(long, value_name = "N", conflicts_with = "from",
          value_parser = clap::value_parser!(u16).range(1..=1200))]
    months: Option<u16>,

    /// The first month, like 2026-01 or january
    #[arg(long, value_name = "MONTH")]
    from: Option<String>,

    /// The last month [default: the current one]
    #[arg(long, value_name = "MONTH")]
    until: Option<String>,
}

impl MonthsArgs {
    /// Returns the months: `few`, unless it is said.
    ///
    /// # Errors
    /// Fails if one is not valid, or if the first is after the last.
    pub(super) fn span(&self, today: Date, few: u16) -> Result<Span, CliError> {
        let month = |text: &String| when::month(text, today);
        let until = self.until.as_ref().map(month).transpose()?;
        let until = until.unwrap_or_else(|| report::of_day(today));
        let from = self.from.as_ref().map(month).transpose()?;
        let from = from.unwrap_or_else(|| report::before(until, self.months.unwrap_or(few) - 1));
        if from > until {
            return Err(CliError::user(format!(
                "the first month, {from}, is after the last, {until}"
            )));
        }
        Ok(Span { from, until })
    }
}
