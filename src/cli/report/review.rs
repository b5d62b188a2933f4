//! `space report review`: the page for the directors, once a month.

use super::{
    day::{self, Recorded},
    form::Form,
};
use crate::{
    app::{report::review, when},
    cli::{CliError, Context, output::Waiting},
};

/// Shown below the options.
const NOTES: &str = "\
Members are counted on the last day of the month, or today if the month is not over. Members who came
back after leaving or lapsing are listed as far back as the history reaches. --csv prints the tiers,
--json everything.

Examples:
  space report review
  space report review last month
  space report review 2026-02 --as-recorded --json";

/// The arguments of `space report review`.
#[derive(clap::Args, Debug)]
#[command(after_help = NOTES)]
pub(crate) struct Args {
    /// The month: 2026-01, january, last month [default: the current one]
    #[arg(value_name = "MONTH")]
    month: Vec<String>,

    /// The same, as an option
    #[arg(long = "month", id = "of", value_name = "MONTH", conflicts_with = "month")]
    of: Option<String>,

    #[command(flatten)]
    recorded: Recorded,

    #[command(flatten)]
    form: Form,

    #[command(flatten)]
    past: crate::cli::input::past::PastArgs,
}

/// Reviews a month.
///
/// # Errors
/// Fails if the space cannot be read, or if the month has not begun yet.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = args.past.open(ctx)?;
    let zone = space.zone()?;
    let today = ctx.now.to_zoned(zone.clone()).date();
    let named = args.of.clone().unwrap_or_else(|| args.month.join(" "));
    let month = (!named.is_empty()).then(|| when::month(&named, today)).transpose()?;
    let wanted = (month, args.recorded.as_recorded);
    let (review, census) = review::month(space.store, wanted, (today, &zone), &Waiting::default())?;
    args.form.write(ctx, review::output(&review))?;
    day::warn(ctx, &census, review.total.unclear)
}
