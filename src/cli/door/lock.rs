//! `space door lock`: locks a door now, whatever holds it unlocked.

use super::manual::{self, ManualArgs};
use crate::{
    cli::{CliError, Context},
    control::Request,
};

/// The arguments of `space door lock`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    manual: ManualArgs,
}

/// Locks a door until it is released; members still get in.
///
/// # Errors
/// Fails if no door is listening, or if the door refuses.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let done = |args: &ManualArgs| {
        let release = args.release();
        format!("locked; members still get in; `{release}` returns to the requirements")
    };
    manual::carry_out(ctx, args.manual, done, |door, by| Request::Lock { door, by })
}
