//! Who was shown whose personal data.

use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::Serialize;

use super::{Column, View, local, plain};
use crate::{
    domain::{
        model::text,
        records::{self, Records},
    },
    store::reveals::Reveal,
};

/// One time that personal data was shown, with the name that the member has now.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RevealView {
    /// The line of the log.
    #[serde(flatten)]
    pub reveal: Reveal,
    /// The name of the member.
    pub name: Option<String>,
    /// The zone to show the time in.
    #[serde(skip)]
    pub zone: TimeZone,
}

impl RevealView {
    /// Looks up the name.
    #[must_use]
    pub fn new(reveal: Reveal, records: &dyn Records, zone: &TimeZone) -> Self {
        Self { name: records::name(records, reveal.member), reveal, zone: zone.clone() }
    }
}

impl View for RevealView {
    const EMPTY: &'static str = "nobody has been shown any personal data in the panel";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("WHEN", |row| plain(local(row.reveal.time, &row.zone))),
        Column::new("LOGIN", |row| plain(text::readable(&row.reveal.by))),
        Column::new("MEMBER", |row| {
            let name = row.name.as_deref().unwrap_or_default();
            plain(format_args!("{} {name}", row.reveal.member))
        }),
        Column::new("REASON", |row| plain(text::readable(&row.reveal.reason))),
    ];
}
