//! `space credential show`: shows a credential.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    app::{look_up, view, when},
    cli::{CliError, Context},
    domain::{
        model::{CommitId, RecordPath, Subject},
        records,
    },
};

/// The arguments of `space credential show`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The tag, or its beginning
    #[arg(add = crate::cli::input::completion::credentials())]
    tag: String,

    #[command(flatten)]
    past: crate::cli::input::past::PastArgs,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct Shown {
    file: String,
    grants: Vec<view::CredentialView>,
    changed_by: Option<String>,
    changed_in: Option<CommitId>,
    change: Option<Subject>,
}

/// Shows a credential: whose it is, what it opens, and who issued it.
///
/// # Errors
/// Fails if no credential has the tag, or if several tags begin like this.
pub(super) fn run(ctx: &Context, args: &Args) -> Result<(), CliError> {
    let space = args.past.open(ctx)?;
    let zone = space.zone()?;
    let (id, tag) = look_up::credential(&space.head, &args.tag)?;
    let (folder, _) = space.head.member(id);
    let folder = folder.ok_or_else(|| CliError::user(format!("there is no member {id}")))?;
    let found = folder.credentials.iter().find(|(known, _)| *known == tag);
    let Some((tag, credential)) = found else {
        return Err(CliError::data(format!("{} cannot be read", RecordPath::Credential(id, tag)))
            .hint("`space check` shows why"));
    };
    let path = RecordPath::Credential(id, tag.clone());
    let last = space.store.last_change(space.head.id(), &path)?;
    let shown = Shown {
        file: path.to_string(),
        grants: view::CredentialView::rows(&folder, tag, credential, &zone, ctx.now).collect(),
        changed_by: last.as_ref().map(|entry| entry.author.name.clone()),
        changed_in: last.as_ref().map(|entry| entry.id),
        change: last.as_ref().map(|entry| entry.subject.clone()),
    };
    let grants: Vec<String> = shown.grants.iter().map(grant).collect();
    let changed = last.map(|entry| {
        format!(
            "{} by {} on {} (commit {})",
            records::in_words(&space.head, &entry.subject),
            entry.author.name,
            when::local(entry.time, &zone),
            entry.id.short()
        )
    });
    let name = folder.member.get().map(|member| member.name.clone()).unwrap_or_default();
    let lines = [
        ("tag", tag.to_string()),
        ("type", credential.kind.to_string()),
        ("member", format!("{id} {name}")),
        ("opens", grants.join("\n")),
        ("last change", changed.unwrap_or_default()),
        ("file", shown.file.clone()),
    ];
    ctx.record(&shown, &lines)
}

fn grant(row: &view::CredentialView) -> String {
    let until = row
        .expiration
        .map(|at| format!(" until {}", when::local(at, &row.zone)))
        .unwrap_or_default();
    let from = when::local(row.effective, &row.zone);
    format!("{} at priority {} from {from}{until}", row.facility, row.priority)
}
