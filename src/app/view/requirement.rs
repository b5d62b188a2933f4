//! Requirements, with their state now, and the windows in which they are active.

use jiff::{Timestamp, tz::TimeZone};
use schemars::JsonSchema;
use serde::Serialize;

use super::{CellStyle, Column, View, local, maybe, plain};
use crate::domain::{
    model::{Arm, Priority, Requirement as Record, Slug, Tag},
    schedule::{Interval, Transition},
};

/// A requirement, with its state now.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RequirementView {
    /// The tag.
    pub tag: Tag,
    /// The facility.
    pub facility: Slug,
    /// The priority required.
    pub priority: Priority,
    /// A description for people.
    pub description: Option<String>,
    /// What must happen before it holds the facility unlocked.
    pub arm: Option<Arm>,
    /// The state of its timespec now.
    #[serde(flatten)]
    pub transition: Transition,
    /// The zone to show the times in.
    #[serde(skip)]
    pub zone: TimeZone,
}

impl RequirementView {
    /// Works out the state of a requirement at a moment.
    #[must_use]
    pub fn new(facility: Slug, tag: Tag, record: Record, zone: &TimeZone, now: Timestamp) -> Self {
        Self {
            facility,
            tag,
            transition: Transition::of(&record.timespec, zone, now),
            priority: record.priority,
            description: record.description,
            arm: record.arm,
            zone: zone.clone(),
        }
    }

    /// Describes when it is active.
    #[must_use]
    pub fn when(&self) -> String {
        match (&self.transition.refused, self.transition.window) {
            (Some(refused), _) => format!("refused: {refused}"),
            (None, Some((start, end))) => {
                format!("{} to {}", local(start, &self.zone), local(end, &self.zone))
            }
            (None, None) if self.transition.always => "always".into(),
            (None, None) => "over".into(),
        }
    }
}

impl View for RequirementView {
    const EMPTY: &'static str = "there are no requirements, so nobody can open anything";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("TAG", |row| plain(row.tag.short())),
        Column::new("FACILITY", |row| plain(&row.facility)),
        Column::new("PRIORITY", |row| plain(row.priority)),
        Column::new("NOW", |row| match row.transition.on {
            Some(true) => ("on".to_owned(), CellStyle::Good),
            Some(false) => ("off".to_owned(), CellStyle::Faint),
            None => ("refused".to_owned(), CellStyle::Bad),
        }),
        Column::new("WINDOW", |row| plain(row.when())),
        Column::spare(2, "ARM", |row| {
            maybe(row.arm.map(|arm| match arm {
                Arm::FirstGrant => "first-grant",
            }))
        }),
        Column::new("DESCRIPTION", |row| maybe(row.description.as_deref())),
    ];
}

/// A window in which a requirement is active.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct WindowView {
    /// The facility.
    pub facility: Slug,
    /// The tag of the requirement.
    pub tag: Tag,
    /// Its priority.
    pub priority: Priority,
    /// A description for people.
    pub description: Option<String>,
    /// When it begins; `None` if it has always been active.
    pub from: Option<Timestamp>,
    /// When it ends; `None` if it never does.
    pub until: Option<Timestamp>,
    /// The zone to show the times in.
    #[serde(skip)]
    pub zone: TimeZone,
}

impl WindowView {
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

impl View for WindowView {
    const EMPTY: &'static str = "there are no further windows";
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
