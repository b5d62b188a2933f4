//! Who changed what.

use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;

use super::{Column, View, local, plain};
use crate::{domain::model::CommitId, store::history::LogEntry};

/// A change, as the history tells of it.
#[derive(Clone, Debug, Serialize)]
pub struct Change {
    /// The commit.
    pub commit: CommitId,
    /// When.
    pub time: Timestamp,
    /// Who.
    pub author: String,
    /// What, in words.
    pub subject: String,
    /// What, for programs.
    pub change: Option<String>,
    /// The files that it touched, where they were looked up.
    pub files: Vec<String>,
    /// The zone in which a person reads the time.
    #[serde(skip)]
    pub zone: TimeZone,
}

impl Change {
    /// Makes a row of an entry of the history, and of what files it touched.
    #[must_use]
    pub fn new(entry: LogEntry, files: Vec<String>, zone: &TimeZone) -> Self {
        Self {
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

impl View for Change {
    const EMPTY: &'static str = "no changes";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("COMMIT", |row| plain(row.commit.short())),
        Column::new("WHEN", |row| plain(local(row.time, &row.zone))),
        Column::new("WHO", |row| plain(&row.author)),
        Column::new("WHAT", |row| plain(&row.subject)),
    ];
}

/// A change of which a person sees the files too.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct ChangeWithFiles(pub Change);

impl View for ChangeWithFiles {
    const EMPTY: &'static str = Change::EMPTY;
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("COMMIT", |row| plain(row.0.commit.short())),
        Column::new("WHEN", |row| plain(local(row.0.time, &row.0.zone))),
        Column::new("WHO", |row| plain(&row.0.author)),
        Column::new("WHAT", |row| plain(&row.0.subject)),
        Column::new("FILES", |row| plain(row.0.files.join(" "))),
    ];
}
