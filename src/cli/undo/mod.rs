//! `space undo`: takes back a change, as a new change that has an author like any other.

pub(super) mod redo;

use super::output::{AnswerSchema, answer::OneOf, written::WriteAnswer};
use super::{
    CliError, Context, Opened,
    input::prompt,
    output::Listing,
    write::{self, WriteArgs},
};
use crate::app::view;
use crate::{
    app::{view::ChangeView, when},
    domain::{model::CommitId, ops::Plan, records},
    store::history::LogEntry,
};

/// What its commands answer.
pub(super) const ANSWERS: &[AnswerSchema] =
    &[AnswerSchema::of::<OneOf<WriteAnswer, Vec<view::ChangeView>>>("undo")];

/// How many changes `--list` shows.
const LISTED: usize = 20;

/// Shown below the options.
const EXAMPLES: &str = "\
Examples:
  space undo
  space undo --list
  space undo 1a4b0f8 --dry-run";

/// The arguments of `space undo`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The commit to undo [default: the newest change that is not yet undone]
    commit: Option<String>,

    /// List what would be undone next, and after that
    #[arg(long, short, conflicts_with = "commit")]
    list: bool,

    /// Do not ask
    #[arg(long, short)]
    yes: bool,

    #[command(flatten)]
    write: WriteArgs,
}

/// Takes back a change.
///
/// # Errors
/// Fails if there is nobody to ask and `--yes` is not given, if later changes are in the way (naming
/// who made them), or if checks find errors.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    if args.list {
        let zone = space.zone_or_utc();
        let next = space.store.undoable(space.head.id(), LISTED)?.into_iter();
        let rows: Vec<_> =
            next.map(|entry| ChangeView::new(entry, Vec::new(), &space.head, &zone)).collect();
        return ctx.list(Listing::default(), &rows);
    }
    let commit = match &args.commit {
        Some(spec) => space.store.resolve(spec)?,
        None => match space.store.undoable(space.head.id(), 1)?.pop() {
            Some(entry) => entry.id,
            None => return Err(CliError::user("nothing is left to undo")),
        },
    };
    take_back(
        ctx,
        &space,
        commit,
        Verb { ask: "Undo", verb: "undoes", done: "undone" },
        args.yes,
        &args.write,
    )
}

/// How it is said what is done to a change.
struct Verb {
    /// At the beginning of a question: `Undo`.
    ask: &'static str,
    /// Of what `--yes` does: `undoes`.
    verb: &'static str,
    /// Of what was not done: `undone`.
    done: &'static str,
}

/// Asks, and takes back what a commit did.
///
/// # Errors
/// Fails in the same cases as [`run`].
fn take_back(
    ctx: &Context,
    space: &Opened<'_>,
    commit: CommitId,
    verb: Verb,
    yes: bool,
    write: &WriteArgs,
) -> Result<(), CliError> {
    let change = space.store.revert(commit, space.head.id())?;
    if !yes && !write.dry_run {
        let what = described(space, &space.store.log_entry(commit)?);
        prompt::require_confirmation(&format!("{} {what}?", verb.ask), verb.verb, verb.done)?;
    }
    write::carry_out(ctx, space, Plan::from(change), write).map_err(|error| {
        if error.findings.is_empty() || error.hint.is_some() {
            return error;
        }
        error.hint("later changes build on this one; undo those first, newest first")
    })
}

fn described(space: &Opened<'_>, entry: &LogEntry) -> String {
    format!(
        "\"{}\" of {} by {}",
        records::in_words(&space.head, &entry.subject),
        when::local(entry.time, &space.zone_or_utc()),
        entry.author.name
    )
}
