//! `space sync mend`: mends what git joined record by record.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    app::sync,
    cli::{CliError, Context, output::table},
    domain::model::CommitId,
};

/// The arguments of `space sync mend`.
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// The commit before git joined something
    since: String,
}

/// What was mended.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct Mended {
    /// The commit, if there was something to mend.
    commit: Option<CommitId>,
}

/// Mends it, as a change of its own.
///
/// # Errors
/// Fails if there is no such commit, or if the change cannot be committed.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let store = ctx.store()?;
    // The clone of a door takes what it gets.
    if store.is_door() || store.branch().is_err() {
        return tell(ctx, None);
    }
    let before = store.head()?;
    let since = store.resolve(&args.since)?;
    if !store.descends(before, since)? {
        return tell(ctx, None);
    }
    let commit = sync::mend(&store, since, ctx.now)?;
    tell(ctx, Some(commit).filter(|commit| *commit != before))
}

fn tell(ctx: &Context, commit: Option<CommitId>) -> Result<(), CliError> {
    if ctx.json {
        return Ok(table::write_json(&mut ctx.out(), &Mended { commit })?);
    }
    match commit {
        Some(commit) => ctx.say(format!("mended what was joined (commit {})", commit.short())),
        None => Ok(()),
    }
}
