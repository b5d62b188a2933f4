//! `space door release`: let the requirements count again.

use super::hand::{self, HandArgs};
use crate::{
    cli::{CliError, Context},
    control::Request,
};

/// The arguments of `space door release`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    hand: HandArgs,
}

/// Ends what was done by hand.
///
/// # Errors
/// That no door listens, or why it will not.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let done = "released; the requirements count again";
    hand::carry_out(ctx, args.hand, done, |door, by| Request::Release { door, by })
}
