//! `space redo`: brings back what was undone last.

use super::{Verb, take_back};
use crate::cli::{CliError, Context, write::WriteArgs};

/// The arguments of `space redo`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Do not ask
    #[arg(long, short)]
    yes: bool,

    #[command(flatten)]
    write: WriteArgs,
}

/// Takes back the newest undo.
///
/// # Errors
/// Fails if nothing was undone, if something else was changed since, if there is nobody to ask and
/// `--yes` is not given, or if checks find errors.
pub(in crate::cli) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let Some(entry) = space.store.redoable(space.head.id())? else {
        return Err(CliError::user("there is nothing to redo: the newest change is not an undo")
            .hint(
                "`space log` lists the commits; `space undo COMMIT` takes back an earlier undo",
            ));
    };
    let verb = Verb { ask: "Take back", verb: "redoes", done: "redone" };
    take_back(ctx, &space, entry.id, verb, args.yes, &args.write)
}
