//! What a meter said: single measurements, or what they add up to.

use jiff::{Timestamp, tz::TimeZone};
use schemars::JsonSchema;
use serde::Serialize;

use super::{Cell, Column, View, digits, local, maybe, text};
use crate::domain::{
    meters::{Billed, Measurement, Slice},
    model::Meter,
};

/// A measurement, or some time.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct MeasurementView {
    /// When it was, or when the time began.
    pub at: Timestamp,
    /// The value, or the mean, in the meter's unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// The least value in the time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub least: Option<f64>,
    /// The greatest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub most: Option<f64>,
    /// What was used in the time, in kilowatt-hours or cubic metres.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub used: Option<f64>,
    /// Whether a new counter begins here.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub begins: bool,
    /// The unit of the values, and that of what was used.
    #[serde(skip)]
    units: [&'static str; 2],
    #[serde(skip)]
    when: String,
}

impl MeasurementView {
    /// Makes a row of a measurement.
    #[must_use]
    pub fn of_measurement(it: &Measurement, meter: &Meter, zone: &TimeZone) -> Self {
        Self {
            at: it.at(),
            value: Some(meter.unit.from_base(it.number())),
            least: None,
            most: None,
            used: None,
            begins: it.begins,
            units: [meter.unit.shown(), ""],
            when: local(it.at(), zone),
        }
    }

    /// Makes a row of some time; `day` tells that it is a whole one.
    #[must_use]
    pub fn of_slice(at: Timestamp, it: &Slice, meter: &Meter, zone: &TimeZone, day: bool) -> Self {
        let unit = meter.unit;
        let billed = Billed::of(meter);
        let range =
            it.range.map(|(least, most)| [least, most].map(|it| unit.from_base(it as f64 / 1e3)));
        let when = local(at, zone);
        Self {
            at,
            value: it.mean().map(|mean| unit.from_base(mean)),
            least: range.map(|it| it[0]),
            most: range.map(|it| it[1]),
            used: billed.map(|billed| billed.used(it)),
            begins: false,
            units: [
                if meter.measures.is_counted() { "" } else { unit.shown() },
                billed.map_or("", |billed| billed.unit.shown()),
            ],
            when: if day { when.trim_end_matches(" 00:00").to_owned() } else { when },
        }
    }
}

fn some(text: &'static str) -> Cell {
    maybe((!text.is_empty()).then_some(text))
}

impl View for MeasurementView {
    const EMPTY: &'static str = "nothing was measured in this time";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("WHEN", |row| text(&row.when)),
        Column::new("VALUE", |row| maybe(row.value.map(digits))),
        Column::new("LEAST", |row| maybe(row.least.map(digits))),
        Column::new("MOST", |row| maybe(row.most.map(digits))),
        Column::new("UNIT", |row| some(row.units[0])),
        Column::new("USED", |row| maybe(row.used.map(digits))),
        Column::new("IN", |row| some(row.units[1])),
        Column::new("NOTE", |row| some(if row.begins { "a new counter" } else { "" })),
    ];
}
