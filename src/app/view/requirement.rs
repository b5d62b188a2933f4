//! Requirements, with what they do now, and the windows in which they are on.

use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;

use super::{Column, Look, View, local, maybe, plain};
use crate::domain::{
    model::{Arm, Priority, Requirement as Record, Slug, Tag},
    schedule::{Interval, Turn},
};

/// A requirement, and what it does now.
#[derive(Clone, Debug, Serialize)]
pub struct Requirement {
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

impl Requirement {
    /// Works out what a requirement does at a moment.
    #[must_use]
    pub fn new(facility: Slug, tag: Tag, record: Record, zone: &TimeZone, now: Timestamp) -> Self {
        Self {
            facility,
            tag,
            turn: Turn::of(&record.timespec, zone, now),
            priority: record.priority,
            description: record.description,
            arm: record.arm,
            zone: zone.clone(),
        }
    }

    /// Says in words when it is on.
    #[must_use]
    pub fn when(&self) -> String {
        match (&self.turn.refused, self.turn.window) {
            (Some(refused), _) => format!("refused: {refused}"),
            (None, Some((start, end))) => {
                format!("{} to {}", local(start, &self.zone), local(end, &self.zone))
            }
            (None, None) if self.turn.always => "always".into(),
            (None, None) => "over".into(),
        }
    }
}

impl View for Requirement {
    const EMPTY: &'static str = "no requirements, so nobody can open anything";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("TAG", |row| plain(row.tag.short())),
        Column::new("FACILITY", |row| plain(&row.facility)),
        Column::new("PRIORITY", |row| plain(row.priority)),
        Column::new("NOW", |row| match row.turn.on {
            Some(true) => ("on".to_owned(), Look::Good),
            Some(false) => ("off".to_owned(), Look::Faint),
            None => ("refused".to_owned(), Look::Bad),
        }),
        Column::new("WINDOW", |row| plain(row.when())),
        Column::new("ARM", |row| {
            maybe(row.arm.map(|arm| match arm {
                Arm::FirstGrant => "first-grant",
            }))
        }),
        Column::new("DESCRIPTION", |row| maybe(row.description.as_deref())),
    ];
}

/// A window in which a requirement is on.
#[derive(Clone, Debug, Serialize)]
pub struct Window {
    /// Where.
    pub facility: Slug,
    /// The requirement.
    pub tag: Tag,
    /// Its priority.
    pub priority: Priority,
    /// What it is for.
    pub description: Option<String>,
    /// When it begins; nothing where it was on ever since.
    pub from: Option<Timestamp>,
    /// When it ends; nothing where it never does.
    pub until: Option<Timestamp>,
    /// The zone in which a person reads the times.
    #[serde(skip)]
    pub zone: TimeZone,
}

impl Window {
    /// Makes a row of an event of a requirement.
    #[must_use]
    pub fn new(
        facility: &Slug,
        tag: &Tag,
        record: &Record,
        event: Interval,
        zone: &TimeZone,
    ) -> Self {
        Self {
            facility: facility.clone(),
            tag: tag.clone(),
            priority: record.priority,
            description: record.description.clone(),
            from: (event.start != Timestamp::MIN).then_some(event.start),
            until: (event.end != Timestamp::MAX).then_some(event.end),
            zone: zone.clone(),
        }
    }
}

impl View for Window {
    const EMPTY: &'static str = "it is never on again";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("FROM", |row| {
            plain(row.from.map_or_else(|| "always".into(), |at| local(at, &row.zone)))
        }),
        Column::new("UNTIL", |row| maybe(row.until.map(|at| local(at, &row.zone)))),
        Column::new("FACILITY", |row| plain(&row.facility)),
        Column::new("PRIORITY", |row| plain(row.priority)),
        Column::new("TAG", |row| plain(row.tag.short())),
        Column::new("DESCRIPTION", |row| maybe(row.description.as_deref())),
    ];
}
