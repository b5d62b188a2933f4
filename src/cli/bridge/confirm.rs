//! `space bridge confirm`: lets the bridge make a change that takes access from many.

use schemars::JsonSchema;
use serde::Serialize;

use super::place;
use crate::cli::{CliError, Context, output::table};

/// Shown below the options.
const EXAMPLES: &str = "\
Messages that take access from more members at once than the settings allow wait, and `space bridge status`
says from how many. Once somebody has confirmed that number, the bridge applies them; that holds for one
change.

Examples:
  space bridge confirm 12";

/// What was confirmed.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct Confirmed {
    /// From how many members access may be taken.
    confirmed: usize,
}

/// The arguments of `space bridge confirm`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    #[command(flatten)]
    place: place::PlaceArgs,

    /// From how many members access may be taken
    members: usize,
}

/// Confirms.
///
/// # Errors
/// Fails if there is no space, or if its folder cannot be written.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let config = args.place.config()?;
    let store = place::space(ctx, &config).store()?;
    store.confirm_next(args.members)?;
    if ctx.json {
        let answer = Confirmed { confirmed: args.members };
        return Ok(table::write_json(&mut ctx.out(), &answer)?);
    }
    ctx.say(format!("the bridge may take access from {} members at once, one time", args.members))
}
