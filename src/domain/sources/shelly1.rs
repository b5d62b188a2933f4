//! Shelly devices of the first generation: a topic for each number, below `shellies/<id>`.
//!
//! Relays count energy in watt-minutes, and the channels of energy meters in watt-hours, as `total`.

use super::{Fault, Number, topics::last_levels};
use crate::domain::model::{Quantity, Unit};

pub(super) fn topics(device: &str, measures: Quantity, channel: u8) -> Vec<String> {
    let ends: Vec<String> = match measures {
        Quantity::Power => {
            vec![format!("relay/{channel}/power"), format!("emeter/{channel}/power")]
        }
        Quantity::Energy => {
            vec![format!("relay/{channel}/energy"), format!("emeter/{channel}/total")]
        }
        Quantity::Temperature => {
            vec!["sensor/temperature".into(), format!("ext_temperature/{channel}")]
        }
        Quantity::Humidity => vec!["sensor/humidity".into(), format!("ext_humidity/{channel}")],
        Quantity::Switch => vec![format!("relay/{channel}")],
        Quantity::Window => vec!["sensor/state".into()],
        Quantity::Gas | Quantity::Heat | Quantity::Water | Quantity::Co2 => Vec::new(),
    };
    ends.into_iter().map(|end| format!("{device}/{end}")).collect()
}

pub(super) fn read(topic: &str, text: &str, measures: Quantity) -> Result<Option<Number>, Fault> {
    let number = Number::parse(text, measures)?;
    let unit = match last_levels(topic, 3).as_slice() {
        [_, _, "power"] => Some(Unit::Watt),
        ["relay", _, "energy"] => Some(Unit::WattMinute),
        ["emeter", _, "total"] => Some(Unit::WattHour),
        _ => None, // temperatures are in the unit that the device was told
    };
    Ok(Some(Number { unit, ..number }))
}
