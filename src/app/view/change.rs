//! Who changed what.

use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;

use super::{Column, View, local, plain};
use crate::{domain::model::CommitId, store::history::LogEntry};

/// A change in the history.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeView {
    /// The commit.
    pub commit: CommitId,
    /// The time.
    pub time: Timestamp,
    /// The author.
    pub author: String,
    /// What was changed, in words.
    pub subject: String,
    /// What was changed, for programs.
    pub change: Option<String>,
    /// The files that it changed, if they were looked up.
    pub files: Vec<String>,
    /// The zone to show the time in.
    #[serde(skip)]
    pub zone: TimeZone,
}

impl ChangeView {
    /// Makes a row of an entry of the history and the files that it changed.
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

impl View for ChangeView {
    const EMPTY: &'static str = "there are no such changes";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("COMMIT", |row| plain(row.commit.short())),
        Column::new("WHEN", |row| plain(local(row.time, &row.zone))),
        Column::new("WHO", |row| plain(&row.author)),
        Column::new("WHAT", |row| plain(&row.subject)),
    ];
}

/// A change that is shown with its files.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct ChangeWithFiles(pub ChangeView);

impl View for ChangeWithFiles {
    const EMPTY: &'static str = ChangeView::EMPTY;
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("COMMIT", |row| plain(row.0.commit.short())),
        Column::new("WHEN", |row| plain(local(row.0.time, &row.0.zone))),
        Column::new("WHO", |row| plain(&row.0.author)),
        Column::new("WHAT", |row| plain(&row.0.subject)),
        Column::new("FILES", |row| plain(row.0.files.join(" "))),
    ];
}
