//! What the git history still holds about somebody whose records were removed.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::{Column, View, plain, text};
use crate::{
    app::traces::Traces,
    domain::{
        model::{CommitId, MemberId, RecordPath},
        records::Records as _,
    },
    store::{Revision, history::LogEntry},
};

/// What the history holds about one person.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct TracesView {
    /// Their number.
    pub member: MemberId,
    /// Their newest name.
    pub name: String,
    /// Every name they had.
    pub names: BTreeSet<String>,
    /// The records that were removed, each with the number of its versions.
    pub records: BTreeMap<String, usize>,
    /// The commits that they made.
    pub authored: Vec<AuthoredCommit>,
    /// The commits with one of their names in the message.
    pub named_by: Vec<CommitId>,
    /// The paths whose history is about them and not about anybody who is still a member.
    #[serde(skip)]
    pub paths: BTreeSet<String>,
}

/// A commit that somebody made, with what it says about them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct AuthoredCommit {
    /// The commit.
    pub commit: CommitId,
    /// The name in it.
    pub name: String,
    /// The e-mail address in it.
    pub email: String,
}

impl TracesView {
    /// Makes a row of a person's traces and all commits.
    #[must_use]
    pub fn new(id: MemberId, it: &Traces, head: &Revision<'_>, entries: &[LogEntry]) -> Self {
        let gone = it.gone(head);
        let records = gone.iter().map(|(path, versions)| (path.to_string(), *versions)).collect();
        let whole = head.within(id).is_empty();
        let short = |path: &RecordPath| match path.member().filter(|_| whole) {
            Some(id) => format!("members/{}/{id}", id.bucket()),
            None => path.to_string(),
        };
        let paths: BTreeSet<String> = gone.keys().map(short).collect();
        let authored = |it: &LogEntry| AuthoredCommit {
            commit: it.id,
            name: it.author.name.clone(),
            email: it.author.email.clone(),
        };
        Self {
            member: id,
            name: it.name().unwrap_or_default(),
            names: it.names.clone(),
            records,
            authored: entries.iter().filter(|entry| it.made(entry)).map(authored).collect(),
            named_by: entries.iter().filter(|at| it.is_named_by(at)).map(|at| at.id).collect(),
            paths,
        }
    }
}

impl View for TracesView {
    const EMPTY: &'static str = "the history holds nothing about people whose records were removed";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("NUMBER", |row| plain(row.member)),
        Column::new("NAME", |row| text(&row.name)),
        Column::new("REMOVED RECORDS", |row| plain(row.records.len())),
        Column::new("THEIR VERSIONS", |row| plain(row.records.values().sum::<usize>())),
        Column::new("COMMITS MADE", |row| plain(row.authored.len())),
        Column::new("MESSAGES WITH NAME", |row| plain(row.named_by.len())),
    ];
}
