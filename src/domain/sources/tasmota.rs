//! Devices with Tasmota: `tele/<device>/SENSOR` every few minutes, and `stat/<device>/…` when asked.

use serde_json::Value;

use super::{Fault, Number, json, topics::last_levels};
use crate::domain::model::{Quantity, Unit};

pub(super) fn topics(device: &str, measures: Quantity, channel: u8) -> Vec<String> {
    let device = device.strip_prefix("tele/").or(device.strip_prefix("stat/")).unwrap_or(device);
    if measures == Quantity::Switch {
        let power = power(channel);
        let mut all = vec![format!("stat/{device}/{power}"), format!("tele/{device}/STATE")];
        if channel == 0 {
            all.insert(1, format!("stat/{device}/POWER1"));
        }
        return all;
    }
    vec![format!("tele/{device}/SENSOR"), format!("stat/{device}/STATUS10")]
}

/// Returns the name of a relay: the only one, or the first one, is `POWER`.
fn power(channel: u8) -> String {
    if channel == 0 { "POWER".into() } else { format!("POWER{}", u16::from(channel) + 1) }
}

pub(super) fn read(
    topic: &str,
    text: &str,
    measures: Quantity,
    channel: u8,
) -> Result<Option<Number>, Fault> {
    let last = last_levels(topic, 1);
    if last.first().is_some_and(|it| it.starts_with("POWER")) {
        return Number::parse(text, measures).map(Some);
    }
    let document = json::parse(text)?;
    let state = document.get("StatusSNS").unwrap_or(&document);
    let (value, unit) = match measures {
        Quantity::Power => (energy(state, "Power", channel), Some(Unit::Watt)),
        Quantity::Energy => (energy(state, "Total", channel), Some(Unit::KilowattHour)),
        Quantity::Temperature => {
            let fahrenheit = state["TempUnit"] == "F";
            let unit = if fahrenheit { Unit::Fahrenheit } else { Unit::Celsius };
            (sensor(state, "Temperature", channel), Some(unit))
        }
        Quantity::Humidity => (sensor(state, "Humidity", channel), Some(Unit::Percent)),
        Quantity::Co2 => (sensor(state, "CarbonDioxide", channel), Some(Unit::PartsPerMillion)),
        Quantity::Switch if channel == 0 => (state.get("POWER").or(state.get("POWER1")), None),
        Quantity::Switch => (state.get(power(channel)), None),
        Quantity::Window => (state.get(format!("Switch{}", u16::from(channel) + 1)), None),
        Quantity::Gas | Quantity::Heat | Quantity::Water => (None, None),
    };
    let Some(value) = value else { return Ok(None) };
    Ok(json::number(value, measures)?.map(|it| Number { unit, ..it }))
}

/// Returns what the energy meter says; one with several channels has a list.
fn energy<'v>(state: &'v Value, name: &str, channel: u8) -> Option<&'v Value> {
    json::of_channel(state["ENERGY"].get(name)?, channel)
}

/// Returns what one of the sensors says, in the order of their names.
fn sensor<'v>(state: &'v Value, name: &str, channel: u8) -> Option<&'v Value> {
    let all = state.as_object()?.values().filter_map(|it| it.get(name));
    all.filter(|it| it.is_number()).nth(channel.into())
}
