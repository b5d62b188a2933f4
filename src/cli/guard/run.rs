//! `space guard run`: the program that cuts the furnace.

use super::place::PlaceArgs;
use crate::{
    cli::{CliError, Context},
    config::GuardConfig,
    guard::{self, Options},
    service::Show,
};

/// Shown below the options.
const EXAMPLES: &str = "\
The unit space-guard.service runs `space-guard run`: the same, in a program that is as small as it can be.

Examples:
  space guard run
  space guard run --rehearsal --speed 60 --config rehearsal.toml";

/// The arguments of `space guard run`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    #[command(flatten)]
    place: PlaceArgs,

    /// How many times faster than it is time passes in a rehearsal
    #[arg(long, value_name = "TIMES", default_value_t = 1, requires = "rehearsal",
          value_parser = clap::value_parser!(u32).range(1..=1_000))]
    speed: u32,
}

/// Guards until a signal.
///
/// # Errors
/// Fails if the configuration cannot be used or trusted, or if the relay cannot be reached. Then heat
/// is off.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let config = GuardConfig::read(&args.place.config, args.place.trust())?;
    let rehearsal = args.place.rehearsal.then_some(args.speed);
    let show = Show::on_output(ctx.json, ctx.colour());
    let options = Options { config, rehearsal, show };
    guard::run(&options, std::io::stdout()).map_err(|error| CliError::internal(error.to_string()))
}
