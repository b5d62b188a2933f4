//! `space status`: shows what is in force, and what is not yet.

use std::{cmp::Ordering, collections::BTreeSet, path::Path};

use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::Serialize;

use super::{CliError, Context, Opened, advice, input::machine, output::Progress};
use crate::{
    app::{
        check,
        view::{building, counted},
        when,
    },
    config::{GUARD_STATE, GuardState},
    domain::{
        model::{Advice, CommitId, FORMAT, Finding, FindingCode, Subject},
        records,
    },
    store::{
        Apart, BranchState, Shared, Store, Upstream,
        follow::CloneState,
        history::{LogScope, Query},
    },
};

/// The most commits that are looked at to say whose they are.
const MOST: usize = 1_000;

/// The arguments of `space status`.
#[derive(clap::Args, Debug)]
pub(super) struct Args {}

#[derive(Serialize, JsonSchema)]
pub(super) struct Status {
    space: String,
    branch: String,
    commit: CommitId,
    change: Subject,
    author: String,
    time: jiff::Timestamp,
    members: usize,
    key: String,
    format: u32,
    server: Option<Upstream>,
    questions: usize,
    unsaved: Vec<String>,
    /// What is in force elsewhere, if this is a clone to work in.
    #[serde(skip_serializing_if = "Option::is_none")]
    shared: Option<Shared>,
    /// Files that are as they were in an earlier commit.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    old: Vec<String>,
    errors: usize,
    warnings: usize,
    /// The guard of the furnace, if this machine has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    guard: Option<GuardState>,
}

/// Shows what is in force, and what is not yet.
///
/// # Errors
/// Fails if the space cannot be read.
pub(super) fn run(ctx: &Context, _: Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let zone = space.zone()?;
    let settings = space.settings()?;
    let entry = space.store.log_entry(space.head.id())?;
    let other = match space.store.wrong_checkout()? {
        Some(BranchState::Other { found, .. }) => Some(found),
        Some(_) => {
            space.store.branch()?;
            None
        }
        None => None,
    };
    let (unsaved, old) = match other {
        // The files are another branch's.
        Some(_) => Default::default(),
        None => check::edited_and_old(space.store)?,
    };
    let progress = Progress::new("checking");
    let findings = check::cached(&space.head);
    drop(progress);
    let errors = findings.iter().filter(|finding| Finding::is_error(finding)).count();
    let is_over = findings.iter().any(|finding| finding.code == FindingCode::OverBudget);
    let key = match space.store.key() {
        Ok(key) => format!("{} is here", key.id()),
        Err(error) => error.to_string(),
    };
    let clone_state = CloneState::of(space.store, &mut None, ctx.now);
    for note in advice::notes(&clone_state.notes) {
        ctx.warn(note)?;
    }
    let status = Status {
        space: settings.name,
        branch: space.store.pinned_branch()?,
        commit: space.head.id(),
        change: entry.subject.clone(),
        author: entry.author.name.clone(),
        time: entry.time,
        // What is too much to be used is too much to be read.
        members: if is_over { 0 } else { space.head.roster().len() },
        key,
        format: space.head.format(),
        server: clone_state.upstream,
        questions: space.store.questions()?.len(),
        errors,
        warnings: findings.len() - errors,
        guard: GuardState::read(Path::new(GUARD_STATE)).ok().flatten(),
        shared: if machine::is_of_door(space.store) { None } else { space.store.shared()? },
        unsaved,
        old,
    };
    let found = match (status.errors, status.warnings) {
        (0, 0) => "none".to_owned(),
        (errors, warnings) => format!(
            "{}, {}; `space check HEAD` shows them",
            some(errors, "error"),
            some(warnings, "warning")
        ),
    };
    let waiting = match (&other, status.unsaved.as_slice()) {
        (Some(branch), _) => format!(
            "branch {branch}, whose files are here; `space diff {} {branch}` says what it changes",
            status.branch
        ),
        (None, []) => "nothing".to_owned(),
        (None, files) => {
            format!("{}\n{}", files.join("\n"), next_step(space.store, status.shared.is_some())?)
        }
    };
    let (in_force, newest) = in_force(&status);
    let [only_there, only_here] = match space.store.tracked()? {
        Some(there) if there != status.commit => {
            [authors(&space, there, status.commit)?, authors(&space, status.commit, there)?]
        }
        _ => [String::new(), String::new()],
    };
    let questions = match status.questions {
        0 => String::new(),
        1 => "1 question waits; `space sync resolve` asks".to_owned(),
        n => format!("{n} questions wait; `space sync resolve` asks"),
    };
    let furnace = status.guard.as_ref().map(|guard| {
        let alarm = building::guard_alarm(guard, ctx.now);
        alarm.unwrap_or_else(|| format!("guarded: {}", guard.state))
    });
    let furnace = furnace.unwrap_or_default();
    let lines = [
        ("space", status.space.clone()),
        ("in force", in_force),
        ("newest here", newest),
        ("last change", records::in_words(&space.head, &entry.subject)),
        ("by", format!("{}, {}", status.author, when::local(status.time, &zone))),
        ("server", status.server.as_ref().map_or_else(String::new, |it| server(it, &zone))),
        ("only there", only_there),
        ("only here", only_here),
        ("members", status.members.to_string()),
        ("key", status.key.clone()),
        ("format", format(status.format)),
        ("findings", found),
        ("not in force yet", waiting),
        ("questions", questions),
        ("furnace", furnace),
    ];
    if !status.old.is_empty() && !space.store.is_left_behind() {
        let files = status.old.join(" ");
        ctx.warn(format!(
            "these files are older than the newest commit, and committing them would take changes \
             back: {}; unless somebody has put them back on purpose, bring them up to date: git \
             restore --source=HEAD --staged --worktree {files}",
            status.old.join(", ")
        ))?;
    }
    if space.store.is_left_behind() {
        ctx.warn(
            "a command was interrupted before it had written all files of its commit; `space \
             maintain` finishes that, and the next command that changes something does",
        )?;
    }
    ctx.record(&status, &lines)
}

/// Counts things in a sentence.
fn some(count: usize, what: &str) -> String {
    counted(u64::try_from(count).unwrap_or(u64::MAX), what)
}

/// Says what doors go by, and how far the newest commit here is from that.
fn in_force(status: &Status) -> (String, String) {
    let here = format!("commit {} on {}", status.commit.short(), status.branch);
    let Some(Shared { url, branch, commit }) = &status.shared else { return (here, String::new()) };
    if *commit == Some(status.commit) && *branch == status.branch {
        return (here, String::new());
    }
    let there = match commit {
        Some(commit) => format!("commit {} on {branch} of {url}, as last fetched", commit.short()),
        None => format!("what {url} has on {branch}; nothing was fetched yet"),
    };
    let counts = match &status.server {
        _ if *branch != status.branch => format!("counts once it is merged into {branch}"),
        Some(Upstream { apart: Some(Apart { ahead: 0, .. }), .. }) => {
            "`space sync` brings it up to date".to_owned()
        }
        _ => "`space sync` puts it into force".to_owned(),
    };
    (there, format!("{here}; {counts}"))
}

/// Says what puts the files as they are into force, or what keeps them from it.
fn next_step(store: &Store, is_clone: bool) -> Result<String, CliError> {
    let findings = check::all(&store.unsaved()?.read()?);
    let errors = findings.iter().filter(|finding| finding.is_error()).count();
    Ok(match errors {
        0 if is_clone => "`git commit -a`, then `space sync` puts this into force".to_owned(),
        0 => "`git commit -a` puts this into force".to_owned(),
        n => format!(
            "{} to fix before this can come into force; `space check` shows them",
            some(n, "error")
        ),
    })
}

/// Returns whose commits one side has and the other does not: `2 commits of Ada`.
fn authors(space: &Opened<'_>, newest: CommitId, known: CommitId) -> Result<String, CliError> {
    let query = Query {
        to: Some(newest),
        beyond: Some(known),
        about: LogScope::EveryCommit,
        limit: Some(MOST),
        ..Query::default()
    };
    let entries = space.store.log(&query)?;
    let names: BTreeSet<String> = entries.iter().map(|it| it.author.name.clone()).collect();
    let names: Vec<String> = names.into_iter().collect();
    Ok(match entries.len() {
        0 => String::new(),
        1 => format!("1 commit of {}", names.join(", ")),
        MOST => format!("{MOST} commits or more of {}", names.join(", ")),
        n => format!("{n} commits of {}", names.join(", ")),
    })
}

fn server(upstream: &Upstream, zone: &TimeZone) -> String {
    let fetched = upstream
        .fetched
        .map_or_else(String::new, |at| format!(", fetched {}", when::local(at, zone)));
    let failure = upstream.failure().map_or_else(String::new, |it| format!("\n{it}"));
    format!("{}: {}{fetched}{failure}", upstream.url, upstream.words())
}

fn format(data: u32) -> String {
    match data.cmp(&FORMAT) {
        Ordering::Less => {
            let older = format!("{data}; this program writes {FORMAT}");
            advice::with(&older, Some(&Advice::Migrate))
        }
        Ordering::Equal => data.to_string(),
        Ordering::Greater => {
            format!(
                "{data}; this program knows only {FORMAT}, so it reads the data but does not write it"
            )
        }
    }
}
