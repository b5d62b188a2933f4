//! Who changed what.

use std::collections::BTreeMap;

use jiff::{Timestamp, tz::TimeZone};
use schemars::JsonSchema;
use serde::Serialize;

use super::{Column, View, local, plain};
use crate::{
    domain::{
        messages,
        model::{CommitId, MemberId, Subject, text},
        records::{self, Records},
    },
    store::history::LogEntry,
};

/// A change in the history.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ChangeView {
    /// The commit.
    pub commit: CommitId,
    /// The time.
    pub time: Timestamp,
    /// The author.
    pub author: String,
    /// What was changed, as the commit says it: with numbers in place of names.
    pub subject: Subject,
    /// The names that the members in it have now.
    pub names: BTreeMap<MemberId, String>,
    /// What was changed, for programs.
    pub change: Option<String>,
    /// The files that it changed, if they were looked up.
    pub files: Vec<String>,
    /// The zone to show the time in.
    #[serde(skip)]
    pub zone: TimeZone,
}

impl ChangeView {
    /// Makes a row of an entry of the history and the files that it changed, with names from the
    /// records.
    #[must_use]
    pub fn new(
        entry: LogEntry,
        files: Vec<String>,
        records: &dyn Records,
        zone: &TimeZone,
    ) -> Self {
        let name = |id: &MemberId| Some((*id, records::name(records, *id)?));
        Self {
            names: entry.subject.members().iter().filter_map(name).collect(),
            commit: entry.id,
            time: entry.time,
            author: entry.author.name,
            subject: entry.subject,
            change: entry.trailer,
            files,
            zone: zone.clone(),
        }
    }
}

impl ChangeView {
    /// Returns what was changed, with the names, and which messages led to it.
    #[must_use]
    pub fn what(&self) -> String {
        let subject = self.subject.with(|id| match self.names.get(&id) {
            Some(name) => format!("{id} {}", text::shown(name)),
            None => id.to_string(),
        });
        with_origin(subject, self.change.as_deref())
    }
}

/// Adds to what was changed which messages led to it, if any did.
#[must_use]
pub fn with_origin(what: String, trailer: Option<&str>) -> String {
    match trailer.and_then(messages::origin) {
        Some(origin) => format!("{what} ({origin})"),
        None => what,
    }
}

impl View for ChangeView {
    const EMPTY: &'static str = "there are no such changes";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("COMMIT", |row| plain(row.commit.short())),
        Column::new("WHEN", |row| plain(local(row.time, &row.zone))),
        Column::spare(1, "WHO", |row| plain(&row.author)),
        Column::new("WHAT", |row| plain(row.what())),
    ];
}

/// A change that is shown with its files.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct ChangeWithFiles(pub ChangeView);

impl View for ChangeWithFiles {
    const EMPTY: &'static str = ChangeView::EMPTY;
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("COMMIT", |row| plain(row.0.commit.short())),
        Column::new("WHEN", |row| plain(local(row.0.time, &row.0.zone))),
        Column::new("WHO", |row| plain(&row.0.author)),
        Column::new("WHAT", |row| plain(row.0.what())),
        Column::new("FILES", |row| plain(row.0.files.join(" "))),
    ];
}
