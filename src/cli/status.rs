//! `space status`: where things stand.

use serde::Serialize;

use super::{CliError, Context, check, context, fetch, output::Progress, when};
use crate::domain::model::{CommitId, Finding};

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
    unsaved: Vec<String>,
    errors: usize,
    warnings: usize,
}

/// Says what is in force, and what is not yet.
///
/// # Errors
/// That the space cannot be read.
pub(super) fn run(ctx: &Context, _: Args) -> Result<(), CliError> {
    let store = ctx.store()?;
    let head = store.read(store.head()?)?;
    let zone = context::zone(&head)?;
    let space = fetch::space(&head)?;
    let entry = store.entry_of(head.id())?;
    let unsaved: Vec<String> = check::unsaved(&store)?.into_iter().map(|(path, _)| path).collect();
    let progress = Progress::new("checking");
    let findings = check::known(&head);
    drop(progress);
    let errors = findings.iter().filter(|finding| Finding::is_error(finding)).count();
    let key = match store.key() {
        Ok(key) => format!("{} is here", key.id()),
        Err(error) => error.to_string(),
    };
    let status = Status {
        space: space.name,
        branch: store.branch()?,
        commit: head.id(),
        change: entry.subject,
        author: entry.author.name,
        time: entry.time,
        members: head.roster().len(),
        key,
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
        ("in order", in_order),
        ("not in force yet", waiting),
    ];
    ctx.record(&status, &lines)
}
