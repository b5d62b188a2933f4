//! Notices that were sent to members, or are due.

use jiff::{Timestamp, tz::TimeZone};
use schemars::JsonSchema;
use serde::Serialize;

use super::{CellStyle, Column, View, local, maybe, plain, text};
use crate::{
    app::notice::{at_once, deliver::DeliveryStatus},
    domain::model::{MemberId, NoticeKind},
    store::Revision,
};

/// A notice that was sent to a member.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct NoticeView {
    /// The kind of notice.
    pub kind: NoticeKind,
    /// The occasion.
    pub occasion: String,
    /// When it was sent.
    pub at: Timestamp,
    /// Why it did not reach them.
    pub failed: Option<String>,
    /// The zone to show the time in.
    #[serde(skip)]
    pub zone: TimeZone,
}

impl NoticeView {
    /// Lists what a member was sent, the oldest first.
    #[must_use]
    pub fn told(revision: &Revision<'_>, member: MemberId, zone: &TimeZone) -> Vec<Self> {
        let mut rows = Vec::new();
        for kind in NoticeKind::ALL {
            for sent in at_once::sent_notices(revision, member, *kind).told {
                let (occasion, at, failed) = (sent.occasion, sent.at, sent.failed);
                rows.push(Self { kind: *kind, occasion, at, failed, zone: zone.clone() });
            }
        }
        rows.sort_by_key(|row| row.at);
        rows
    }
}

impl View for NoticeView {
    const EMPTY: &'static str = "no notices have been sent to this member yet";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("NOTICE", |row| plain(row.kind)),
        Column::new("OCCASION", |row| text(&row.occasion)),
        Column::new("SENT", |row| plain(local(row.at, &row.zone))),
        Column::new("FAILED", |row| maybe(row.failed.as_ref())),
    ];
}

impl View for DeliveryStatus {
    const EMPTY: &'static str = "no notices are due";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("NUMBER", |row| maybe(row.member)),
        Column::new("NAME", |row| text(&row.name)),
        Column::new("NOTICE", |row| plain(row.kind)),
        Column::spare(2, "OCCASION", |row| text(&row.occasion)),
        Column::spare(1, "TO", |row| maybe(row.to.as_ref())),
        Column::new("IS", |row| {
            let style = match row.fate {
                "sent" => CellStyle::Good,
                "failed" => CellStyle::Bad,
                "later" | "unsent" => CellStyle::Warning,
                _ => CellStyle::Plain,
            };
            (row.fate.into(), style)
        }),
        Column::new("BECAUSE", |row| maybe(row.why.as_ref())),
    ];
}
