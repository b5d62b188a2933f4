//! What programs are answered by commands that write: what was written, or what would be.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::{
    app::carry_out::{FilePreview, Preview},
    cli::advice,
    domain::{
        model::{Change, CommitId, Edit, Finding, Subject},
        ops::Plan,
    },
};

/// The answer of a command that writes.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
pub(in crate::cli) enum WriteAnswer {
    /// Something was written, or would be.
    Done(Done),
    /// What was asked for is so already.
    Unchanged(Unchanged),
}

/// What was written; with `--dry-run`, what would be.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct Done {
    /// Whether it was only shown.
    pub(in crate::cli) dry_run: bool,
    /// The commit, if it was made.
    pub(in crate::cli) commit: Option<CommitId>,
    /// What the change does, in one line.
    pub(in crate::cli) subject: Subject,
    /// What the change does, in words for programs.
    pub(in crate::cli) change: String,
    /// The records that it writes or removes.
    pub(in crate::cli) records: Vec<RecordName>,
    /// The files of these records.
    pub(in crate::cli) files: Vec<String>,
    /// The content of each file, if the change was only shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::cli) contents: Option<Vec<Content>>,
    /// What the checks found.
    pub(in crate::cli) findings: Vec<Finding>,
    /// What somebody should know.
    pub(in crate::cli) notes: Vec<String>,
}

/// That nothing was written, since what was asked for is so already.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct Unchanged {
    /// Always `null`.
    pub(in crate::cli) commit: Option<CommitId>,
    /// Why, in words.
    pub(in crate::cli) note: String,
}

/// Which record it is.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct RecordName {
    /// The kind of record, as `space schema` lists it.
    record: String,
    /// Whether it is removed.
    removed: bool,
    /// What tells it from others of the kind, by the names that its path has for them: `facility`, `tag`.
    #[serde(flatten)]
    keys: BTreeMap<&'static str, String>,
}

/// The content of a file before and after a change; `null` if there is none.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct Content {
    /// The path.
    path: String,
    /// The record before.
    before: Value,
    /// The record after.
    after: Value,
}

impl RecordName {
    /// Names the records of a change.
    pub(in crate::cli) fn all(change: &Change) -> Vec<Self> {
        let name = |(path, edit): (&crate::domain::model::RecordPath, &Edit)| Self {
            record: path.kind().word(),
            removed: matches!(edit, Edit::Remove),
            keys: path.keys(),
        };
        change.edits.iter().map(name).collect()
    }
}

impl WriteAnswer {
    /// Returns what would be written.
    pub(in crate::cli) fn preview(plan: &Plan, preview: &Preview) -> Self {
        let (Plan { change, notes }, Preview { files, findings }) = (plan, preview);
        let content = |FilePreview { path, before, after }: &FilePreview| Content {
            path: path.clone(),
            before: parsed(before),
            after: parsed(after),
        };
        Self::Done(Done {
            dry_run: true,
            commit: None,
            subject: change.subject.clone(),
            change: change.trailer.clone(),
            records: RecordName::all(change),
            files: files.iter().map(|it| it.path.clone()).collect(),
            contents: Some(files.iter().map(content).collect()),
            findings: advice::findings(findings),
            notes: advice::notes(notes),
        })
    }
}

fn parsed(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).unwrap_or(Value::Null)
}
