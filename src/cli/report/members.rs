//! `space report members`: counts members by tier, on a day or over time.

use super::{
    day::{self, Recorded},
    form::Drawn,
};
use crate::{
    app,
    cli::{CliError, Context, output::Progress},
    domain::report,
};

/// Shown below the options.
const EXAMPLES: &str = "\
Examples:
  space report members
  space report members --on 2025-12-31 --as-recorded
  space report members --history --months 24
  space report members --svg --output members.svg";

/// The arguments of `space report members`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The day [default: today]
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    on: Option<String>,

    #[command(flatten)]
    recorded: Recorded,

    /// Count at the end of each month, by the records as they were then; --svg draws this
    #[arg(long, conflicts_with_all = ["on", "as_recorded"])]
    history: bool,

    /// How many months of history, including the current one
    #[arg(long, value_name = "N", default_value_t = 12, conflicts_with_all = ["on", "as_recorded"],
          value_parser = clap::value_parser!(u16).range(1..=1200))]
    months: u16,

    #[command(flatten)]
    drawn: Drawn,

    #[command(flatten)]
    past: crate::cli::input::past::PastArgs,
}

/// Counts members.
///
/// # Errors
/// Fails if the space cannot be read or the day is not valid.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = args.past.open(ctx)?;
    let (on, zone) = (space.past_day(args.on.as_deref().unwrap_or("today"))?, space.zone()?);
    if args.history || args.drawn.svg {
        if args.on.is_some() {
            return Err(CliError::user("the members of one day cannot be drawn")
                .hint("--svg draws members over time; leave out --on"));
        }
        let progress = Progress::new("counting members month by month");
        let today = ctx.now.to_zoned(zone.clone()).date();
        let points = app::report::history::points(space.store, &zone, args.months, today)?;
        drop(progress);
        return args.drawn.write(ctx, app::report::history::output(points));
    }
    let progress = Progress::new("counting members");
    let census = space.store.read(args.recorded.commit(space.store, on, &zone)?)?.census();
    let members = report::members(&census.all_members(), on);
    drop(progress);
    args.drawn.write(ctx, app::report::members::output(&members))?;
    day::warn(ctx, &census, members.total.unclear)
}
