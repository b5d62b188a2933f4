//! Requirements as rows, with what they do now.

use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;

use crate::{
    cli::{output::table, when},
    domain::{
        model::{Arm, Priority, Requirement, Slug, Tag},
        schedule::Turn,
    },
};

/// A requirement, and what it does now.
#[derive(Serialize, Clone)]
pub(crate) struct Row {
    /// The tag.
    pub tag: Tag,
    /// Where.
    pub facility: Slug,
    /// The priority required.
    pub priority: Priority,
    /// What it is for.
    pub description: Option<String>,
    /// What must happen before it holds.
    pub arm: Option<Arm>,
    /// What its timespec does now.
    #[serde(flatten)]
    pub turn: Turn,
    /// The zone in which a person reads the times.
    #[serde(skip)]
    pub zone: TimeZone,
}

impl Row {
    /// Works out what a requirement does at a moment.
    #[must_use]
    pub(crate) fn new(
        facility: Slug,
        tag: Tag,
        requirement: Requirement,
        zone: &TimeZone,
        now: Timestamp,
    ) -> Self {
        Self {
            facility,
            tag,
            turn: Turn::of(&requirement.timespec, zone, now),
            priority: requirement.priority,
            description: requirement.description,
            arm: requirement.arm,
            zone: zone.clone(),
        }
    }

    /// Says in words when it is on.
    #[must_use]
    pub(crate) fn when(&self) -> String {
        match (&self.turn.refused, self.turn.window) {
            (Some(refused), _) => format!("refused: {refused}"),
            (None, Some((start, end))) => {
                format!("{} to {}", when::local(start, &self.zone), when::local(end, &self.zone))
            }
            (None, None) if self.turn.always => "always".into(),
            (None, None) => "over".into(),
        }
    }
}

/// The columns of a table of requirements.
pub(super) const COLUMNS: &[table::Column<Row>] = &[
    table::Column::new("TAG", |row: &Row| table::plain(row.tag.short())),
    table::Column::new("FACILITY", |row| table::plain(&row.facility)),
    table::Column::new("PRIORITY", |row| table::plain(row.priority)),
    table::Column::new("NOW", |row| match row.turn.on {
        Some(true) => ("on".into(), table::Look::Good),
        Some(false) => ("off".into(), table::Look::Faint),
        None => ("refused".into(), table::Look::Bad),
    }),
    table::Column::new("WINDOW", |row| table::plain(row.when())),
    table::Column::new("ARM", |row| {
        table::maybe(row.arm.map(|arm| match arm {
            Arm::FirstGrant => "first-grant",
        }))
    }),
    table::Column::new("DESCRIPTION", |row| table::maybe(row.description.as_deref())),
];
