//! Activities as rows.

use jiff::tz::TimeZone;
use serde::Serialize;

use crate::{
    cli::output::table,
    domain::model::{Activity, Outcome},
    store::Revision,
};

/// An activity, with the name of the member as it is today.
#[derive(Serialize)]
pub(super) struct Row {
    /// The line of the journal.
    #[serde(flatten)]
    pub activity: Activity,
    /// The name of the member.
    pub name: Option<String>,
    /// The zone in which a person reads the time.
    #[serde(skip)]
    pub zone: TimeZone,
}

impl Row {
    /// Looks the name up.
    #[must_use]
    pub(super) fn new(activity: Activity, head: &Revision<'_>, zone: &TimeZone) -> Self {
        let folder = activity.member.and_then(|id| head.member(id).0);
        let name = folder.and_then(|folder| folder.member.get().map(|member| member.name.clone()));
        Self { activity, name, zone: zone.clone() }
    }

    /// Returns who it was, in words.
    #[must_use]
    pub(super) fn who(&self) -> String {
        match &self.activity.member {
            Some(id) => format!("{id} {}", self.name.as_deref().unwrap_or_default()),
            None => self.activity.stranger(),
        }
    }
}

/// The columns of a table of activities.
pub(super) const COLUMNS: &[table::Column<Row>] = &[
    table::Column::new("TIME", |row: &Row| {
        let local = row.activity.time.to_zoned(row.zone.clone());
        table::plain(local.strftime("%Y-%m-%d %H:%M:%S"))
    }),
    table::Column::new("FACILITY", |row| table::plain(&row.activity.facility)),
    table::Column::new("RESULT", |row| match row.activity.result {
        Outcome::Granted => ("granted".into(), table::Look::Good),
        Outcome::Denied => ("denied".into(), table::Look::Bad),
        Outcome::Exit => ("exit".into(), table::Look::Faint),
    }),
    table::Column::new("WHO", |row| table::plain(row.who())),
    table::Column::new("WHY", |row| table::plain(row.activity.reason.words())),
    table::Column::new("TAG", |row| table::maybe(row.activity.tag.as_ref().map(|tag| tag.short()))),
];
