//! `space report processor`: what payment processors took, kept and failed to take.

use super::{day, form::Form, months::MonthsArgs};
use crate::{
    app::{report::processor, service},
    cli::{CliError, Context, output::Progress},
    config::ServicesConfig,
};

/// Shown below the options.
const NOTES: &str = "\
Money counts in the month in which it was taken, given back or paid out. What was expected is what the
members who paid by the processor at the end of the month owed for a month; the difference is what was
received and not given back, without that. Fees are those of the payouts. What a person should look at is
what this machine found there last; the processor is not asked.

Examples:
  space report processor
  space report processor --from 2025-01 --until 2025-12 --csv
  space report processor --at 2026-01-31 --json";

/// The arguments of `space report processor`.
#[derive(clap::Args, Debug)]
#[command(after_help = NOTES)]
pub(crate) struct Args {
    #[command(flatten)]
    months: MonthsArgs,

    #[command(flatten)]
    form: Form,

    #[command(flatten)]
    past: crate::cli::input::past::PastArgs,
}

/// Adds up what processors did.
///
/// # Errors
/// Fails if the space cannot be read, or if the months are not valid.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = args.past.open(ctx)?;
    let (today, zone) = (space.today()?, space.zone()?);
    let span = args.months.span(today, 3)?;
    let progress = Progress::new("adding up what processors did");
    let (processors, unreadable) = processor::add_up(&space.head, span, (today, &zone))?;
    drop(progress);
    // A machine without services knows nothing of what they have.
    let known = ServicesConfig::of_machine().map(|it| it.processors).unwrap_or_default();
    let drift = service::looks(space.store, known.into_keys())?;
    args.form.write(ctx, processor::output(processors, drift))?;
    day::unreadable(ctx, unreadable, "payment")
}
