//! Activities, with the names of members.

use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::Serialize;

use super::{CellStyle, Column, View, maybe, plain};
use crate::{
    domain::model::{AccessResult, Activity as Line},
    store::Revision,
};

/// An activity, with the name of the member as it is today.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ActivityView {
    /// The line of the journal.
    #[serde(flatten)]
    pub activity: Line,
    /// The name of the member.
    pub name: Option<String>,
    /// The zone to show the time in.
    #[serde(skip)]
    pub zone: TimeZone,
}

impl ActivityView {
    /// Looks up the name.
    #[must_use]
    pub fn new(activity: Line, head: &Revision<'_>, zone: &TimeZone) -> Self {
        let folder = activity.member.and_then(|id| head.member(id).0);
        let name = folder.and_then(|folder| folder.member.get().map(|member| member.name.clone()));
        Self { activity, name, zone: zone.clone() }
    }

    /// Returns who it was, in words.
    #[must_use]
    pub fn who(&self) -> String {
        match &self.activity.member {
            Some(id) => format!("{id} {}", self.name.as_deref().unwrap_or_default()),
            None => self.activity.stranger(),
        }
    }

    /// Formats the time for people.
    #[must_use]
    pub fn when(&self) -> String {
        let local = self.activity.time.to_zoned(self.zone.clone());
        local.strftime("%Y-%m-%d %H:%M:%S").to_string()
    }
}

impl View for ActivityView {
    const EMPTY: &'static str = "the journals of this machine have no such activity";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("TIME", |row| plain(row.when())),
        Column::new("FACILITY", |row| plain(&row.activity.facility)),
        Column::new("RESULT", |row| match row.activity.result {
            AccessResult::Granted => ("granted".to_owned(), CellStyle::Good),
            AccessResult::Denied => ("denied".to_owned(), CellStyle::Bad),
            result @ (AccessResult::Exit | AccessResult::Operated) => {
                (result.to_string(), CellStyle::Faint)
            }
        }),
        Column::new("WHO", |row| plain(row.who())),
        Column::new("WHY", |row| match row.activity.rehearsal {
            true => (format!("{} (rehearsal)", row.activity.why()), CellStyle::Faint),
            false => plain(row.activity.why()),
        }),
        Column::spare(1, "TAG", |row| maybe(row.activity.tag.as_ref().map(|tag| tag.short()))),
    ];
}
