//! Devices behind Zigbee2MQTT: one JSON object, with whatever was said last.
//!
//! Each message repeats old values, so an energy that is the same is no sign that nothing was used.

use super::{Fault, Number, json};
use crate::domain::model::{Quantity, Unit};

pub(super) fn read(text: &str, measures: Quantity, channel: u8) -> Result<Option<Number>, Fault> {
    let document = json::parse(text)?;
    let (key, unit) = match measures {
        Quantity::Power => ("power", Some(Unit::Watt)),
        Quantity::Energy => ("energy", Some(Unit::KilowattHour)),
        Quantity::Gas => ("gas", Some(Unit::CubicMetre)),
        Quantity::Heat => ("heat", Some(Unit::KilowattHour)),
        Quantity::Water => ("water", Some(Unit::CubicMetre)),
        Quantity::Temperature => ("temperature", Some(Unit::Celsius)),
        Quantity::Humidity => ("humidity", Some(Unit::Percent)),
        Quantity::Co2 => ("co2", Some(Unit::PartsPerMillion)),
        Quantity::Switch => ("state", None),
        Quantity::Window => ("contact", None),
    };
    // A device with several channels says `power_l1`, `state_l2`.
    let of_channel = document.get(format!("{key}_l{}", u16::from(channel) + 1));
    let alone = document.get(key).filter(|_| channel == 0);
    let Some(value) = of_channel.or(alone) else { return Ok(None) };
    let number = json::number(value, measures)?.map(|it| Number { unit, ..it });
    // A contact that closes a circuit is on while the window is shut.
    Ok(number.map(|it| if key == "contact" { Number::plain(1.0 - it.value) } else { it }))
}
