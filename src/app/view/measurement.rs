//! What a meter said: single measurements, or what they add up to.

use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;

use super::{Column, View, local, maybe, number, text};
use crate::domain::{
    meters::{Billed, Measurement, Slice},
    model::Meter,
};

/// A measurement, or some time.
#[derive(Clone, PartialEq, Debug, Serialize)]
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
    #[serde(skip)]
    cells: [Option<String>; 3],
    #[serde(skip)]
    when: String,
}

impl MeasurementView {
    /// Makes a row of a measurement.
    #[must_use]
    pub fn of_measurement(it: &Measurement, meter: &Meter, zone: &TimeZone) -> Self {
        let value = meter.unit.from_base(it.number());
        let mut shown = number(value, meter.unit);
        if it.begins {
            shown.push_str(", a new counter");
        }
        Self {
            at: it.at(),
            value: Some(value),
            least: None,
            most: None,
            used: None,
            begins: it.begins,
            cells: [Some(shown), None, None],
            when: local(it.at(), zone),
        }
    }

    /// Makes a row of some time; `day` tells that it is a whole one.
    #[must_use]
    pub fn of_slice(at: Timestamp, it: &Slice, meter: &Meter, zone: &TimeZone, day: bool) -> Self {
        let unit = meter.unit;
        let used = Billed::of(meter).map(|billed| (billed.used(it), billed.unit.shown()));
        let value = it.mean().map(|mean| unit.from_base(mean));
        let range =
            it.range.map(|(least, most)| [least, most].map(|it| unit.from_base(it as f64 / 1e3)));
        let shown = value.map(|value| number(value, unit));
        let between =
            range.map(|[least, most]| format!("{} to {}", number(least, unit), number(most, unit)));
        let when = local(at, zone);
        Self {
            at,
            value,
            least: range.map(|it| it[0]),
            most: range.map(|it| it[1]),
            used: used.map(|(used, _)| used),
            begins: false,
            cells: [shown, between, used.map(|(used, unit)| format!("{used:.3} {unit}"))],
            when: if day { when.trim_end_matches(" 00:00").to_owned() } else { when },
        }
    }
}

impl View for MeasurementView {
    const EMPTY: &'static str = "nothing was measured in this time";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("WHEN", |row| text(&row.when)),
        Column::new("VALUE", |row| maybe(row.cells[0].as_ref())),
        Column::new("FROM AND TO", |row| maybe(row.cells[1].as_ref())),
        Column::new("USED", |row| maybe(row.cells[2].as_ref())),
    ];
}
