//! `space restore`: brings records back as they were, as a new change.

use super::{
    CliError, Context,
    write::{self, WriteArgs},
};
use crate::app::{change_scope, past};

/// Shown below the options.
const EXAMPLES: &str = "\
What was added since stays, and the history keeps everything. `space undo` reverts a whole change instead.

Examples:
  space restore ada --at 2026-01-31
  space restore frontdoor --at yesterday --dry-run
  space restore members/00/0042/contact.json --at 1a4b0f8";

/// The arguments of `space restore`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// A member, a facility, a tag, or the path of a record
    what: String,

    /// The moment or commit to bring it back from
    #[arg(long, value_name = "T", allow_hyphen_values = true)]
    at: String,

    #[command(flatten)]
    write: WriteArgs,
}

/// Brings records back.
///
/// # Errors
/// Fails if there was nothing like that then, or if checks find errors.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let zone = space.zone_or_utc();
    let then = space.store.read(past::commit(space.store, &args.at, &zone, ctx.now)?)?;
    let what = change_scope::of(&then, &args.what)?;
    let plan = past::restore(&space.head, &then, &what)?;
    write::carry_out(ctx, &space, plan, &args.write)
}
