//! Classes, and who came to them.

use jiff::{Timestamp, tz::TimeZone};
use schemars::JsonSchema;
use serde::Serialize;

use super::{Column, View, maybe, named, plain, text};
use crate::{
    app::when,
    domain::{
        model::{MemberId, Priority, Slug},
        ops::class::Class,
    },
};

/// A class in a list.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct ClassView {
    /// Its name.
    pub name: Slug,
    /// Where it takes place.
    pub facility: Slug,
    /// The priority during its sessions.
    pub priority: Priority,
    /// When the next session begins; `null` if all are over.
    pub next: Option<Timestamp>,
    /// The same, as local time.
    #[serde(skip)]
    pub next_local: Option<String>,
    /// How many sessions are to come, the present one included.
    pub sessions_to_come: usize,
    /// How many sessions there are.
    pub sessions: usize,
    /// How many members are enrolled.
    pub enrolled: usize,
    /// What it is, for people.
    pub description: Option<String>,
}

impl ClassView {
    /// Describes a class.
    #[must_use]
    pub fn new(class: &Class, enrolled: usize, zone: &TimeZone, now: Timestamp) -> Self {
        let to_come = class.sessions.iter().filter(|session| session.end > now);
        let next = to_come.clone().next().map(|session| session.start);
        Self {
            name: class.name.clone(),
            facility: class.facility.clone(),
            priority: class.requirement.priority,
            next,
            next_local: next.map(|at| when::local(at, zone)),
            sessions_to_come: to_come.count(),
            sessions: class.sessions.len(),
            enrolled,
            description: class.requirement.description.clone(),
        }
    }
}

impl View for ClassView {
    const EMPTY: &'static str = "there are no classes to come";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("CLASS", |row| plain(&row.name)),
        Column::new("FACILITY", |row| plain(&row.facility)),
        Column::new("NEXT", |row| maybe(row.next_local.as_ref())),
        Column::new("TO COME", |row| {
            plain(format!("{} of {}", row.sessions_to_come, row.sessions))
        }),
        Column::new("ENROLLED", |row| plain(row.enrolled)),
        Column::spare(3, "PRIORITY", |row| plain(row.priority)),
        Column::spare(2, "DESCRIPTION", |row| text(row.description.as_deref().unwrap_or_default())),
    ];
}

/// How often somebody came to a class.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct AttendanceView {
    /// The member.
    pub member: MemberId,
    /// The name of the member.
    pub name: String,
    /// Whether the member is enrolled.
    pub enrolled: bool,
    /// The local days of the sessions that the member came to.
    pub came: Vec<jiff::civil::Date>,
    /// How many sessions have begun.
    pub of: usize,
}

impl View for AttendanceView {
    const EMPTY: &'static str = "nobody is enrolled, and nobody came";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("MEMBER", |row| named(row.member, &row.name)),
        Column::new("ENROLLED", |row| plain(if row.enrolled { "yes" } else { "no" })),
        Column::new("CAME", |row| plain(format!("{} of {}", row.came.len(), row.of))),
        Column::new("TO THE SESSIONS OF", |row| {
            let days: Vec<String> = row.came.iter().map(ToString::to_string).collect();
            text(&days.join(" "))
        }),
    ];
}
