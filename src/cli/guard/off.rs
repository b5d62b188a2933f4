//! `space guard off`: opens the relay. The system runs it whenever the guard has ended.

use super::place::PlaceArgs;
use crate::{
    cli::{CliError, Context},
    config::GuardConfig,
    hardware::relay,
};

/// The arguments of `space guard off`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    place: PlaceArgs,
}

/// Opens the relay, whatever else is wrong with the configuration.
///
/// # Errors
/// Fails if it is not known which relay there is, or if it cannot be reached.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let options = GuardConfig::read_relay(&args.place.config, args.place.trust())?;
    // A relay that is taken is open, and stays so when it is let go of.
    drop(relay::open(&options).map_err(CliError::internal)?);
    ctx.say("the relay is open: heat is off")
}
