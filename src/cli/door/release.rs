//! `space door release`: ends a hold or a lock.

use super::manual::{self, ManualArgs};
use crate::{
    cli::{CliError, Context},
    control::Request,
};

/// The arguments of `space door release`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    manual: ManualArgs,
}

/// Ends a hold or a lock by hand.
///
/// # Errors
/// Fails if no door is listening, or if the door refuses.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let done = |_: &ManualArgs| "released; it follows the requirements again".to_owned();
    manual::carry_out(ctx, args.manual, done, |door, by| Request::Release { door, by })
}
