//! What members were told.

use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;

use super::{Column, View, local, maybe, plain, text};
use crate::domain::model::NoticeKind;

/// A notice that went to a member.
#[derive(Clone, Debug, Serialize)]
pub struct Told {
    /// What about.
    pub kind: NoticeKind,
    /// On which occasion.
    pub occasion: String,
    /// When.
    pub at: Timestamp,
    /// Why it did not reach them.
    pub failed: Option<String>,
    /// The zone in which a person reads the time.
    #[serde(skip)]
    pub zone: TimeZone,
}

impl View for Told {
    const EMPTY: &'static str = "nothing was sent to them yet";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("NOTICE", |row| plain(row.kind)),
        Column::new("OCCASION", |row| text(&row.occasion)),
        Column::new("SENT", |row| plain(local(row.at, &row.zone))),
        Column::new("FAILED", |row| maybe(row.failed.as_ref())),
    ];
}
