//! `space report resources`: what the building used and what that cost.

use clap::ValueEnum;

use super::{form::Drawn, months::MonthsArgs};
use crate::{
    app::{journals, measurements, report::resources},
    cli::{CliError, Context, output::Progress},
};

/// Shown below the options.
const NOTES: &str = "\
Use is paid for by the prices of each day. A meter that belongs to a facility counts for it, and in the
sums only if no other meter with a price measures the same. An hour is open if somebody was in, who
stays for three hours unless a reader inside sees them leave. Degree days need a thermometer outside.

Examples:
  space report resources
  space report resources --by meter --from 2026-01
  space report resources --by facility --csv
  space report resources --svg --output cost.svg";

/// The arguments of `space report resources`.
#[derive(clap::Args, Debug)]
#[command(after_help = NOTES)]
pub(crate) struct Args {
    #[command(flatten)]
    months: MonthsArgs,

    /// One row for each
    #[arg(long, value_enum, default_value = "month")]
    by: By,

    #[command(flatten)]
    drawn: Drawn,

    #[command(flatten)]
    past: crate::cli::input::past::PastArgs,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum By {
    /// Months, in all
    Month,
    /// Meters, month by month
    Meter,
    /// Facilities with a meter of their own
    Facility,
}

/// Adds up what was used.
///
/// # Errors
/// Fails if the space, the measurements or the journals cannot be read, or if the months are not valid.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = args.past.open(ctx)?;
    let zone = space.zone()?;
    let span = args.months.span(space.today()?, 12)?;
    let progress = Progress::new("adding up measurements");
    let journals = journals::folder(space.store)?;
    let (found, findings) = resources::add_up(&space.head, &journals, span, &zone, ctx.now)?;
    drop(progress);
    match args.by {
        By::Month => args.drawn.write(ctx, resources::by_month(&found))?,
        By::Meter => {
            let meters = measurements::meters(&space.head);
            args.drawn.write(ctx, resources::by_meter(&found, &meters))?;
        }
        By::Facility => args.drawn.write(ctx, resources::by_facility(&found))?,
    }
    findings.iter().try_for_each(|finding| ctx.warn(finding))
}
