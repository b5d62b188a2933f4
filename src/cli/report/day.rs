//! The day of a report, and by which records it is made.

use jiff::{civil::Date, tz::TimeZone};

use crate::{
    app::report,
    cli::{CliError, Context},
    domain::{
        model::{CommitId, contact::YearMonth},
        report::last,
    },
    store::{Census, Store},
};

/// By which records a report is made.
#[derive(clap::Args, Debug, Clone, Default)]
pub(super) struct Recorded {
    /// By the records as they stood at the end of that day, instead of by those of today
    #[arg(long)]
    as_recorded: bool,
}

impl Recorded {
    /// Returns the commit by whose records a day is reported.
    ///
    /// # Errors
    /// That nothing was recorded yet, or that the history cannot be read.
    pub(super) fn commit(
        &self,
        store: &Store,
        day: Date,
        zone: &TimeZone,
    ) -> Result<CommitId, CliError> {
        Ok(report::day::commit(store, day, zone, self.as_recorded)?)
    }
}

/// Returns the last day of a month up to today.
pub(super) fn last_so_far(month: YearMonth, today: Date) -> Date {
    last(month).min(today)
}

/// Warns of what a report leaves out.
///
/// # Errors
/// Whatever standard error answers.
pub(super) fn warn(ctx: &Context, census: &Census, unclear: u64) -> Result<(), CliError> {
    unreadable(ctx, census.unreadable() as u64, "record")?;
    if unclear > 0 {
        ctx.warn(format!(
            "nothing is expected of {}, as the tier cannot be read; `space check` says why",
            many(unclear, "member")
        ))?;
    }
    Ok(())
}

/// Warns of how many things cannot be read.
///
/// # Errors
/// Whatever standard error answers.
pub(super) fn unreadable(ctx: &Context, count: u64, what: &str) -> Result<(), CliError> {
    if count == 0 {
        return Ok(());
    }
    ctx.warn(format!("{} cannot be read; `space check` says why", many(count, what)))
}

fn many(count: u64, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_month_that_is_not_over_ends_today() {
        let month = "2026-02".parse().unwrap();
        assert_eq!(last_so_far(month, date(2026, 3, 2)), date(2026, 2, 28));
        assert_eq!(last_so_far(month, date(2026, 2, 2)), date(2026, 2, 2));
    }
}
