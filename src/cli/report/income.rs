//! `space report income`: adds up what came in and was given back, by month.

use super::{day, form::Drawn, months::MonthsArgs};
use crate::{
    app::report::income,
    cli::{CliError, Context, output::Progress},
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
    #[command(flatten)]
    months: MonthsArgs,

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
    let span = args.months.span(space.today()?, 12)?;
    let progress = Progress::new("adding up payments");
    let (income, unreadable) = income::add_up(&space.head, span);
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
