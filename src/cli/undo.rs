//! `space undo`: reverts a change, as a new change that has an author like any other.

use super::{
    CliError, Context,
    input::prompt,
    write::{self, WriteArgs},
};
use crate::{
    app::when,
    domain::{ops::Plan, records},
};

/// Shown below the options.
const EXAMPLES: &str = "\
Examples:
  space undo
  space undo 1a4b0f8 --dry-run";

/// The arguments of `space undo`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The commit to undo [default: the newest]. Undoing an undo redoes the change
    commit: Option<String>,

    /// Do not ask
    #[arg(long, short)]
    yes: bool,

    #[command(flatten)]
    write: WriteArgs,
}

/// Reverts a change.
///
/// # Errors
/// Fails if later changes are in the way (naming who made them), or if checks find errors.
pub(super) fn run(ctx: &Context, args: Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let commit = match &args.commit {
        Some(spec) => space.store.resolve(spec)?,
        None => space.head.id(),
    };
    let change = space.store.revert(commit, space.head.id())?;
    if !args.yes && !args.write.dry_run && prompt::is_interactive() {
        let entry = space.store.log_entry(commit)?;
        let zone = space.zone_or_utc();
        let question = format!(
            "Undo \"{}\" of {} by {}?",
            records::in_words(&space.head, &entry.subject),
            when::local(entry.time, &zone),
            entry.author.name
        );
        if !prompt::confirm(&question)? {
            return ctx.say("nothing was changed");
        }
    }
    write::carry_out(ctx, &space, Plan::from(change), &args.write).map_err(|error| {
        if error.findings.is_empty() || error.hint.is_some() {
            return error;
        }
        error.hint("later changes build on this one; undo those first, newest first")
    })
}
