//! `space door lock`: lock a door now, whatever holds it unlocked.

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
/// That no door listens, or why it will not.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let done =
        "locked; members still get in, and `space door release` lets the requirements count again";
    hand::carry_out(ctx, args.hand, done, |door, by| Request::Lock { door, by })
}
