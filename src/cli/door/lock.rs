//! `space door lock`: locks a door now, whatever holds it unlocked.

use super::hand::{self, HandArgs};
use crate::{
    cli::{CliError, Context},
    control::Request,
};

/// The arguments of `space door lock`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    hand: HandArgs,
}

/// Locks a door until it is released; members still get in.
///
/// # Errors
/// Fails if no door is listening, or if the door refuses.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let done = "locked; members still get in; `space door release` returns to the requirements";
    hand::carry_out(ctx, args.hand, done, |door, by| Request::Lock { door, by })
}
