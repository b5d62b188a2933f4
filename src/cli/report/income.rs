//! `space report income`: adds up what came in and was given back, by month.

use super::{day, form::Drawn};
use crate::{
    app::report::income,
    cli::{CliError, Context, output::Progress},
    domain::{
        model::contact::YearMonth,
        report::{self, Span},
    },
};

/// Shown below the options.
const NOTES: &str = "\
Money counts in the month in which it came in or was given back. Unmatched transactions are in none of
the other sums.

Examples:
  space report income
  space report income --from 2025-01 --until 2025-12 --by-tier --csv
  space report income --svg --output income.svg";

/// The arguments of `space report income`.
#[derive(clap::Args, Debug)]
#[command(after_help = NOTES)]
pub(crate) struct Args {
    /// How many months, including the current one
    #[arg(long, value_name = "N", default_value_t = 12, conflicts_with = "from",
          value_parser = clap::value_parser!(u16).range(1..=1200))]
    months: u16,

    /// The first month, like 2026-01
    #[arg(long, value_name = "YEAR-MONTH")]
    from: Option<YearMonth>,

    /// The last month [default: the current one]
    #[arg(long, value_name = "YEAR-MONTH")]
    until: Option<YearMonth>,

    /// Split the sums by the tier that members have now
    #[arg(long)]
    by_tier: bool,

    #[command(flatten)]
    drawn: Drawn,

    #[command(flatten)]
    past: crate::cli::input::past::PastArgs,
}

/// Adds up payments.
///
/// # Errors
/// Fails if the space cannot be read, or if the months are not valid.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = args.past.open(ctx)?;
    let today = space.today()?;
    let until = args.until.unwrap_or_else(|| report::of_day(today));
    let from = args.from.unwrap_or_else(|| report::before(until, args.months - 1));
    if from > until {
        return Err(CliError::user(format!("the first month, {from}, is after the last, {until}")));
    }
    let progress = Progress::new("adding up payments");
    let (income, unreadable) = income::add_up(&space.head, Span { from, until });
    drop(progress);
    let mut output = income::output(&income, args.by_tier);
    for (label, text) in &mut output.below {
        if *label == "unmatched" && !text.is_empty() {
            text.push_str("; `space payment list --unmatched` lists them");
        }
    }
    args.drawn.write(ctx, output)?;
    day::unreadable(ctx, unreadable, "payment")
}
