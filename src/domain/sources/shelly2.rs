//! Shelly devices of the second generation and later: the state of a component as JSON, below its
//! prefix, and changes of several components as a notification.
//!
//! A notification has only what has changed.

use serde_json::Value;

use super::{Fault, Number, json};
use crate::domain::model::{Quantity, Unit};

/// The components that may have a number, the place of the number in them, and its unit.
const fn places(measures: Quantity) -> &'static [(&'static str, &'static str, Option<Unit>)] {
    match measures {
        Quantity::Power => &[
            ("switch", "/apower", Some(Unit::Watt)),
            ("pm1", "/apower", Some(Unit::Watt)),
            ("em", "/total_act_power", Some(Unit::Watt)),
            ("em1", "/act_power", Some(Unit::Watt)),
        ],
        Quantity::Energy => &[
            ("switch", "/aenergy/total", Some(Unit::WattHour)),
            ("pm1", "/aenergy/total", Some(Unit::WattHour)),
            ("emdata", "/total_act", Some(Unit::WattHour)),
            ("em1data", "/total_act_energy", Some(Unit::WattHour)),
        ],
        Quantity::Temperature => &[("temperature", "/tC", Some(Unit::Celsius))],
        Quantity::Humidity => &[("humidity", "/rh", Some(Unit::Percent))],
        Quantity::Switch => &[("switch", "/output", None), ("input", "/state", None)],
        Quantity::Window => &[("input", "/state", None)],
        Quantity::Gas | Quantity::Heat | Quantity::Water | Quantity::Co2 => &[],
    }
}

pub(super) fn topics(device: &str, measures: Quantity, channel: u8) -> Vec<String> {
    let places = places(measures);
    let states = places.iter().map(|(part, ..)| format!("{device}/status/{part}:{channel}"));
    let mut all: Vec<String> = states.collect();
    if !all.is_empty() {
        all.push(format!("{device}/events/rpc"));
    }
    all
}

pub(super) fn read(
    topic: &str,
    text: &str,
    measures: Quantity,
    channel: u8,
) -> Result<Option<Number>, Fault> {
    let document = json::parse(text)?;
    for (part, place, unit) in places(measures) {
        let component = format!("{part}:{channel}");
        let value = match topic.rsplit_once('/') {
            Some((_, "rpc")) => document["params"].get(&component),
            Some((_, of)) if of == component => Some(&document),
            _ => None,
        };
        if let Some(value) = value.and_then(|it: &Value| it.pointer(place)) {
            let number = json::number(value, measures)?;
            return Ok(number.map(|it| Number { unit: *unit, ..it }));
        }
    }
    Ok(None)
}
