//! `space sync mend`: mends what git joined record by record.

use crate::{
    app::sync,
    cli::{CliError, Context},
};

/// The arguments of `space sync mend`.
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// The commit before git joined something
    since: String,
}

/// Mends it, as a change of its own.
///
/// # Errors
/// Fails if there is no such commit, or if the change cannot be committed.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let store = ctx.store()?;
    // The clone of a door takes what it gets.
    if store.is_door() || store.branch().is_err() {
        return Ok(());
    }
    let before = store.head()?;
    let since = store.resolve(&args.since)?;
    if !store.descends(before, since)? {
        return Ok(());
    }
    match sync::mend(&store, since, ctx.now)? {
        commit if commit == before => Ok(()),
        commit => ctx.say(format!("mended what was joined (commit {})", commit.short())),
    }
}
