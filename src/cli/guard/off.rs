//! `space guard off`: opens the relay. The system runs it whenever the guard has ended.

use schemars::JsonSchema;
use serde::Serialize;

use super::place::PlaceArgs;
use crate::{
    cli::{CliError, Context, output::table},
    config::GuardConfig,
    guard,
};

/// That heat is off.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct Off {
    /// Always true.
    off: bool,
}

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
    guard::off(&options).map_err(|error| CliError::internal(error.to_string()))?;
    if ctx.json {
        return Ok(table::write_json(&mut ctx.out(), &Off { off: true })?);
    }
    ctx.say("the relay is open: heat is off")
}
