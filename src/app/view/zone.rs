//! Zones that are heated, and how warm they should be.

use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::Serialize;

use super::{Column, View, local, maybe, plain, text};
use crate::domain::{
    heat::{Stretch, Wanted},
    model::{Slug, Zone as Record},
};

/// A zone.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct ZoneView {
    /// The short name for commands.
    pub zone: Slug,
    /// The record.
    #[serde(flatten)]
    pub record: Record,
    /// How warm it should be now, if nobody is in who has not booked.
    pub now: Wanted,
    /// The temperature that its thermometers measured last, in degrees Celsius.
    pub temperature: Option<f64>,
    /// The meters that belong to it.
    pub meters: Vec<Slug>,
}

impl ZoneView {
    /// Says how warm it is.
    #[must_use]
    pub fn measured(&self) -> Option<String> {
        self.temperature.map(|it| format!("{it:.1} °C"))
    }

    /// Says how warm it should be.
    #[must_use]
    pub fn wanted(&self) -> String {
        format!("{} °C: {}", self.now.temperature, self.now.why)
    }
}

impl View for ZoneView {
    const EMPTY: &'static str = "there are no zones";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("ZONE", |row| plain(&row.zone)),
        Column::new("NAME", |row| text(&row.record.name)),
        Column::new("NOW", |row| maybe(row.measured())),
        Column::new("WANTED", |row| plain(row.wanted())),
    ];
}

/// A stretch of time, with how warm a zone should be.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct StretchView {
    /// The stretch.
    #[serde(flatten)]
    pub stretch: Stretch,
    #[serde(skip)]
    when: [String; 2],
}

impl StretchView {
    /// Makes a row of a stretch.
    #[must_use]
    pub fn new(stretch: Stretch, zone: &TimeZone) -> Self {
        let when = [stretch.from, stretch.until].map(|at| local(at, zone));
        Self { stretch, when }
    }
}

impl View for StretchView {
    const EMPTY: &'static str = "there is no time to look at";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("FROM", |row| text(&row.when[0])),
        Column::new("UNTIL", |row| text(&row.when[1])),
        Column::new("WANTED", |row| plain(format!("{} °C", row.stretch.wanted.temperature))),
        Column::new("WHY", |row| plain(&row.stretch.wanted.why)),
        Column::new("IF SOMEBODY IS IN", |row| {
            maybe(row.stretch.with_people.as_ref().map(|it| format!("{} °C", it.temperature)))
        }),
    ];
}
