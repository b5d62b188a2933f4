//! `space status`: where things stand.

use std::cmp::Ordering;

use serde::Serialize;

use super::{CliError, Context, advice, output::Progress};
use crate::{
    app::{check, when},
    domain::model::{Advice, CommitId, FORMAT, Finding},
};

/// The arguments of `space status`.
#[derive(clap::Args, Debug)]
pub(super) struct Args {}

#[derive(Serialize)]
struct Status {
    space: String,
    branch: String,
    commit: CommitId,
    change: String,
    author: String,
    time: jiff::Timestamp,
    members: usize,
    key: String,
    format: u32,
    unsaved: Vec<String>,
    errors: usize,
    warnings: usize,
}

/// Says what is in force, and what is not yet.
///
/// # Errors
/// That the space cannot be read.
pub(super) fn run(ctx: &Context, _: Args) -> Result<(), CliError> {
    let space = ctx.open()?;
    let zone = space.zone()?;
    let settings = space.settings()?;
    let entry = space.store.entry_of(space.head.id())?;
    let unsaved: Vec<String> =
        check::unsaved(space.store)?.into_iter().map(|(path, _)| path).collect();
    let progress = Progress::new("checking");
    let findings = check::known(&space.head);
    drop(progress);
    let errors = findings.iter().filter(|finding| Finding::is_error(finding)).count();
    let key = match space.store.key() {
        Ok(key) => format!("{} is here", key.id()),
        Err(error) => error.to_string(),
    };
    let status = Status {
        space: settings.name,
        branch: space.store.branch()?,
        commit: space.head.id(),
        change: entry.subject,
        author: entry.author.name,
        time: entry.time,
        members: space.head.roster().len(),
        key,
        format: space.head.format(),
        errors,
        warnings: findings.len() - errors,
        unsaved,
    };
    let in_order = match (status.errors, status.warnings) {
        (0, 0) => "yes".to_owned(),
        (errors, warnings) => {
            format!("{errors} errors, {warnings} warnings; `space check HEAD` shows them")
        }
    };
    let waiting = match status.unsaved.as_slice() {
        [] => "nothing".to_owned(),
        files => format!(
            "{}\n`space check`, then `git commit -a`, puts this into force",
            files.join("\n")
        ),
    };
    let lines = [
        ("space", status.space.clone()),
        ("in force", format!("commit {} on {}", status.commit.short(), status.branch)),
        ("last change", status.change.clone()),
        ("by", format!("{}, {}", status.author, when::local(status.time, &zone))),
        ("members", status.members.to_string()),
        ("key", status.key.clone()),
        ("format", format(status.format)),
        ("in order", in_order),
        ("not in force yet", waiting),
    ];
    if space.store.is_left_behind() {
        ctx.warn(
            "a command was interrupted before it had written all files of its commit; `space \
             maintain` finishes that, and the next command that changes something does",
        )?;
    }
    ctx.record(&status, &lines)
}

fn format(of: u32) -> String {
    match of.cmp(&FORMAT) {
        Ordering::Less => {
            let older = format!("{of}, and this program knows {FORMAT}");
            advice::with(&older, Some(&Advice::Migrate))
        }
        Ordering::Equal => of.to_string(),
        Ordering::Greater => {
            format!("{of}, and this program knows {FORMAT}: the data are read, not written")
        }
    }
}
