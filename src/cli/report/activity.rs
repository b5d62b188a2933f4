//! `space report activity`: counts when the doors are used, and by how many members.

use clap::ValueEnum;

use super::form::Drawn;
use crate::{
    app::{journals, report},
    cli::{CliError, Context, input::filter::FilterArgs, output::Progress},
    domain::report::Counting,
    store::journal::Tail,
};

/// Shown below the options.
const NOTES: &str = "\
The table by hour and the chart count activities that were granted (or have the result named by
--result), by hour of the space's local time. Each member is counted once, however often they came.

Examples:
  space report activity --from -90d
  space report activity --by facility --from 2026-01-01
  space report activity --facility laser --svg --output laser.svg";

/// The arguments of `space report activity`.
#[derive(clap::Args, Debug)]
#[command(after_help = NOTES)]
pub(crate) struct Args {
    #[command(flatten)]
    filter: FilterArgs,

    /// What to count by
    #[arg(long, value_enum, default_value = "hour")]
    by: By,

    #[command(flatten)]
    drawn: Drawn,

    #[command(flatten)]
    past: crate::cli::input::past::PastArgs,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum By {
    /// Hours of the day and days of the week
    Hour,
    /// Facilities
    Facility,
}

/// Counts activities.
///
/// # Errors
/// Fails if the journals cannot be read.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = args.past.open(ctx)?;
    let zone = space.zone()?;
    let filter = args.filter.filter(ctx, &space.head, &zone)?;
    let (progress, wanted) = (Progress::new("reading the journals"), filter.clone());
    let (activities, findings) = Tail::new(journals::folder(space.store)?, filter).all()?;
    let mut counting = Counting::new(zone);
    activities.iter().for_each(|activity| counting.add(activity));
    let usage = counting.finish();
    drop(progress);
    match args.by {
        By::Hour => args.drawn.write(ctx, report::activity::by_hour(&usage, &wanted))?,
        By::Facility => args.drawn.write(ctx, report::activity::by_facility(&usage, &wanted))?,
    }
    findings.iter().try_for_each(|finding| ctx.warn(finding))
}
