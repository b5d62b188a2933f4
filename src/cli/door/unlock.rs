//! `space door unlock`: unlocks a door for a moment.

use super::manual::{self, ManualArgs};
use crate::{
    cli::{CliError, Context},
    control::Request,
};

/// The arguments of `space door unlock`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    manual: ManualArgs,

    /// How long to unlock it [default: as long as a grant does]
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u32).range(1..))]
    seconds: Option<u32>,
}

/// Unlocks a door for a moment.
///
/// # Errors
/// Fails if no door is listening, or if the door refuses.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let seconds = args.seconds;
    let done = |_: &ManualArgs| "unlocked".to_owned();
    manual::carry_out(ctx, args.manual, done, |door, by| Request::Unlock { door, by, seconds })
}
