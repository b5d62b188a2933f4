//! What has been held for longer than the settings allow.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::{Column, View, maybe, plain, text};
use crate::domain::model::MemberId;

/// Something that has been held for too long.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct OverdueView {
    /// The kind of data.
    pub what: String,
    /// The member it is about, if any.
    pub member: Option<MemberId>,
    /// Their name.
    pub name: String,
    /// Its path.
    pub path: String,
    /// The day that the time is counted from.
    pub since: Date,
    /// The day until which it may be held.
    pub until: Date,
}

impl View for OverdueView {
    const EMPTY: &'static str = "nothing has been held for longer than the settings allow";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("WHAT", |row| text(&row.what)),
        Column::new("NUMBER", |row| maybe(row.member)),
        Column::new("NAME", |row| text(&row.name)),
        Column::spare(2, "COUNTED FROM", |row| plain(row.since)),
        Column::new("ALLOWED UNTIL", |row| plain(row.until)),
        Column::spare(1, "FILE", |row| text(&row.path)),
    ];
}
