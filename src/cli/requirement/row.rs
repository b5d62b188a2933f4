//! Requirements as rows, with what they do now.

use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;

use crate::{
    cli::{output::table, when},
    domain::{
        model::{Arm, Priority, Requirement, Slug, Tag},
        schedule::{Interval, Timespec},
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
    /// Whether it is on; nothing where the timespec is refused.
    pub on: Option<bool>,
    /// When it is on, or next will be; nothing for `always` and for what is over.
    pub window: Option<(Timestamp, Timestamp)>,
    /// Whether its timespec is `always`.
    pub always: bool,
    /// Why the timespec is refused.
    pub refused: Option<String>,
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
        let timespec = Timespec::parse(&requirement.timespec, zone);
        let (next, refused) = match &timespec {
            Ok(timespec) => (timespec.next(now, 1).into_iter().next(), None),
            Err(refusal) => (None, Some(refusal.to_string())),
        };
        Self {
            facility,
            tag,
            priority: requirement.priority,
            description: requirement.description,
            arm: requirement.arm,
            on: timespec.is_ok().then(|| next.is_some_and(|event| event.contains(now))),
            window: next
                .filter(|event| *event != Interval::ALWAYS)
                .map(|event| (event.start, event.end)),
            always: requirement.timespec == "always",
            refused,
            zone: zone.clone(),
        }
    }

    /// Says in words when it is on.
    #[must_use]
    pub(crate) fn when(&self) -> String {
        match (&self.refused, self.window) {
            (Some(refused), _) => format!("refused: {refused}"),
            (None, Some((start, end))) => {
                format!("{} to {}", when::local(start, &self.zone), when::local(end, &self.zone))
            }
            (None, None) if self.always => "always".into(),
            (None, None) => "over".into(),
        }
    }
}

/// The columns of a table of requirements.
pub(super) const COLUMNS: &[table::Column<Row>] = &[
    table::Column::new("TAG", |row: &Row| table::plain(row.tag.short())),
    table::Column::new("FACILITY", |row| table::plain(&row.facility)),
    table::Column::new("PRIORITY", |row| table::plain(row.priority)),
    table::Column::new("NOW", |row| match row.on {
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
