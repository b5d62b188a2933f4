//! `space report register`: lists who was a member on a day.

use super::{
    day::{self, Recorded},
    form::Form,
};
use crate::{
    app::report::register,
    cli::{CliError, Context, output::Progress},
};

/// Shown below the options.
const NOTES: &str = "\
A record has one first and one last day. If a member left and came back, today's records show only
the very first day, not the time away. --as-recorded shows what was known then, such as the day of
leaving before it was taken back.

Examples:
  space report register --on 2025-12-31
  space report register --on 2025-12-31 --as-recorded --csv --output register.csv";

/// The arguments of `space report register`.
#[derive(clap::Args, Debug)]
#[command(after_help = NOTES)]
pub(crate) struct Args {
    /// The day
    #[arg(long, value_name = "DAY", allow_hyphen_values = true, default_value = "today")]
    on: String,

    #[command(flatten)]
    recorded: Recorded,

    #[command(flatten)]
    form: Form,

    #[command(flatten)]
    past: crate::cli::input::past::PastArgs,
}

/// Lists the members of a day.
///
/// # Errors
/// Fails if the space cannot be read or the day is not valid.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = args.past.open(ctx)?;
    let (on, zone) = (space.past_day(&args.on)?, space.zone()?);
    let progress = Progress::new("reading members");
    let (entries, census) = register::of(space.store, (on, args.recorded.as_recorded), &zone)?;
    drop(progress);
    args.form.write(ctx, register::output(entries))?;
    day::warn(ctx, &census, 0)
}
