//! What members were told, and are to be told.

use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;

use super::{Column, Look, View, local, maybe, plain, text};
use crate::{app::notice::deliver::DeliveryStatus, domain::model::NoticeKind};

/// A notice that went to a member.
#[derive(Clone, Debug, Serialize)]
pub struct NoticeView {
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

impl View for NoticeView {
    const EMPTY: &'static str = "nothing was sent to them yet";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("NOTICE", |row| plain(row.kind)),
        Column::new("OCCASION", |row| text(&row.occasion)),
        Column::new("SENT", |row| plain(local(row.at, &row.zone))),
        Column::new("FAILED", |row| maybe(row.failed.as_ref())),
    ];
}

impl View for DeliveryStatus {
    const EMPTY: &'static str = "nobody has to hear of anything";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("NUMBER", |row| maybe(row.member)),
        Column::new("NAME", |row| text(&row.name)),
        Column::new("NOTICE", |row| plain(row.kind)),
        Column::new("OCCASION", |row| text(&row.occasion)),
        Column::new("TO", |row| maybe(row.to.as_ref())),
        Column::new("IS", |row| {
            let look = match row.fate {
                "sent" => Look::Good,
                "failed" => Look::Bad,
                "later" | "unsent" => Look::Odd,
                _ => Look::Plain,
            };
            (row.fate.into(), look)
        }),
        Column::new("BECAUSE", |row| maybe(row.why.as_ref())),
    ];
}
