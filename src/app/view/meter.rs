//! Meters, with what each said last.

use jiff::{Timestamp, tz::TimeZone};
use schemars::JsonSchema;
use serde::Serialize;

use super::{Column, View, local, maybe, plain, text};
use crate::domain::{
    meters::Measurement,
    model::{Meter as Record, Slug, Source, Unit},
};

/// A meter.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct MeterView {
    /// The short name for commands.
    pub meter: Slug,
    /// The record.
    #[serde(flatten)]
    pub record: Record,
    /// What it said last, in its own unit.
    pub value: Option<f64>,
    /// When it said that.
    pub at: Option<Timestamp>,
    #[serde(skip)]
    when: Option<String>,
}

impl MeterView {
    /// Makes a row of a record and the newest measurement.
    #[must_use]
    pub fn new(meter: Slug, record: Record, newest: Option<Measurement>, zone: &TimeZone) -> Self {
        let unit = record.unit;
        Self {
            meter,
            record,
            value: newest.map(|it| unit.from_base(it.number())),
            at: newest.map(|it| it.at()),
            when: newest.map(|it| local(it.at(), zone)),
        }
    }

    /// Says what it said last: `21.5 °C`.
    #[must_use]
    pub fn last(&self) -> Option<String> {
        self.value.map(|value| number(value, self.record.unit))
    }

    /// Says when it said that.
    #[must_use]
    pub fn when(&self) -> Option<&str> {
        self.when.as_deref()
    }

    /// Says in words where its numbers come from.
    #[must_use]
    pub fn source(&self) -> String {
        match &self.record.source {
            None => "read by hand".to_owned(),
            Some(Source::Mqtt(it)) => match (it.profile, &it.pointer) {
                (Some(profile), _) => format!("MQTT {} ({})", it.topic, profile.word()),
                (None, Some(pointer)) => format!("MQTT {} {pointer}", it.topic),
                (None, None) => format!("MQTT {}", it.topic),
            },
            Some(Source::Guard(it)) => format!("the guard's thermometer {}", it.thermometer),
            Some(Source::W1(it)) => format!("thermometer {}", it.device),
            Some(Source::Http(it)) => format!("{} {}", it.url, it.pointer),
        }
    }
}

/// Formats a number with its unit, with as many decimals as say something.
#[must_use]
pub fn number(value: f64, unit: Unit) -> String {
    if unit == Unit::OnOff {
        return if value >= 0.5 { "on" } else { "off" }.to_owned();
    }
    format!("{} {}", digits(value), unit.shown())
}

/// Formats a number with at most three decimals.
#[must_use]
pub fn digits(value: f64) -> String {
    let written = format!("{value:.3}");
    let written = written.trim_end_matches('0').trim_end_matches('.');
    if written == "-0" { "0".to_owned() } else { written.to_owned() }
}

impl View for MeterView {
    const EMPTY: &'static str = "there are no meters";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("METER", |row| plain(&row.meter)),
        Column::new("NAME", |row| text(&row.record.name)),
        Column::new("MEASURES", |row| plain(row.record.measures)),
        Column::new("ZONE", |row| maybe(row.record.zone.as_ref())),
        Column::new("FACILITY", |row| maybe(row.record.facility.as_ref())),
        Column::new("LAST", |row| maybe(row.last())),
        Column::new("WHEN", |row| maybe(row.when())),
        Column::new("FROM", |row| plain(row.source())),
    ];
}
