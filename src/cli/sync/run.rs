//! `space sync` itself.

use schemars::JsonSchema;
use serde::Serialize;

use super::resolve;
use crate::{
    app::{
        sync::{self, Options, Synced},
        upkeep,
    },
    cli::{
        CliError, Context, advice,
        input::prompt,
        output::{Progress, answer::Renumbered, table},
    },
    domain::{model::CommitId, records},
    store::{Store, WaitingQuestion, history::Query},
};

/// The most changes that are listed.
const MOST: usize = 20;

/// The arguments of `space sync`.
#[derive(clap::Args, Debug)]
#[group(skip)]
pub(super) struct Args {
    /// Only take over what is new there, and push nothing
    #[arg(long)]
    pull: bool,

    /// Go by a history that somebody has rewritten
    #[arg(long)]
    follow_rewritten: bool,

    /// Confirm that what is pushed takes access from so many members
    #[arg(long, value_name = "MEMBERS")]
    confirm: Option<usize>,
}

/// Syncs.
///
/// # Errors
/// Fails if the other repository cannot be reached or is not what it was, or if the two sides cannot
/// be joined.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let store = ctx.store()?;
    let options = Options {
        pull_only: args.pull,
        follow_rewritten: args.follow_rewritten,
        confirmed: args.confirm,
    };
    let progress = Progress::new("syncing");
    let done = sync::sync(&store, options, ctx.now)?;
    drop(progress);
    if done.before != done.commit || done.pushed {
        upkeep::begin(&store);
    }
    if ctx.json {
        return answer(ctx, &store, &done);
    }
    tell(ctx, &store, &done)?;
    if prompt::is_interactive() && !store.questions()?.is_empty() {
        return resolve::ask_all(ctx);
    }
    Ok(())
}

/// What a sync did.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct Answer {
    /// The shared repository.
    url: String,
    /// The commit before.
    before: CommitId,
    /// The commit now.
    commit: CommitId,
    /// Whether something was sent there.
    pushed: bool,
    /// Whether something was joined.
    merged: bool,
    /// The members who got another number.
    renumbered: Vec<Renumbered>,
    /// What somebody should know.
    notes: Vec<String>,
    /// What a person has to answer.
    questions: Vec<WaitingQuestion>,
}

fn answer(ctx: &Context, store: &Store, done: &Synced) -> Result<(), CliError> {
    let answer = Answer {
        url: done.url.clone(),
        before: done.before,
        commit: done.commit,
        pushed: done.pushed,
        merged: done.merged(),
        renumbered: Renumbered::all(done.joined.iter().flat_map(|it| &it.renumbered)),
        notes: done.joined.iter().flat_map(|it| advice::notes(&it.notes)).collect(),
        questions: store.questions()?,
    };
    Ok(table::write_json(&mut ctx.out(), &answer)?)
}

fn tell(ctx: &Context, store: &Store, done: &Synced) -> Result<(), CliError> {
    if done.before == done.commit && !done.pushed {
        return ctx.say(format!("in step with {}: nothing is new", done.url));
    }
    list_new(ctx, store, done.before, done.commit)?;
    for joined in &done.joined {
        for (old, new) in &joined.renumbered {
            ctx.warn(format!(
                "the number {old} was given to somebody else as well, who was pushed first: your \
                 new member is {new} now; tell them, if they pay with the number"
            ))?;
        }
        for note in advice::notes(&joined.notes) {
            ctx.warn(note)?;
        }
    }
    let questions = store.questions()?.len();
    if questions > 0 && !prompt::is_interactive() {
        let what = if questions == 1 { "1 question waits" } else { "questions wait" };
        let what = if questions == 1 { what.to_owned() } else { format!("{questions} {what}") };
        ctx.warn(format!("{what}; `space sync resolve` asks"))?;
    }
    let pushed = if done.pushed { ", and pushed what was changed here" } else { "" };
    ctx.say(format!("in step with {}{pushed} (commit {})", done.url, done.commit.short()))
}

/// Lists what others changed.
fn list_new(ctx: &Context, store: &Store, before: CommitId, now: CommitId) -> Result<(), CliError> {
    let query =
        Query { to: Some(now), beyond: Some(before), limit: Some(MOST + 1), ..Query::default() };
    let entries = store.log(&query)?;
    let head = store.read(now)?;
    for entry in entries.iter().take(MOST) {
        let what = records::in_words(&head, &entry.subject);
        ctx.say(format!("  {} {}: {what}", entry.id.short(), entry.author.name))?;
    }
    if entries.len() > MOST {
        ctx.say("  and more; `space log` lists them")?;
    }
    Ok(())
}
