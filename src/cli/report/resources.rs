//! `space report resources`: what the building used and what that cost.

use clap::ValueEnum;

use super::form::Drawn;
use crate::{
    app::{journals, measurements, report::resources},
    cli::{CliError, Context, output::Progress},
    domain::{
        model::contact::YearMonth,
        report::{self, Span},
    },
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
    let until = args.until.map_or_else(|| Ok(report::of_day(space.today()?)), Ok::<_, CliError>)?;
    let from = args.from.unwrap_or_else(|| report::before(until, args.months - 1));
    if from > until {
        return Err(CliError::user(format!("the first month, {from}, is after the last, {until}")));
    }
    let progress = Progress::new("adding up measurements");
    let (span, journals) = (Span { from, until }, journals::folder(space.store)?);
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
