//! A meter, and what it says in the units that Home Assistant has.

use serde_json::{Value, json};

use super::{Device, device::Parts};
use crate::{
    building::Topics,
    domain::model::{Base, Meter, Quantity, Slug},
};

/// Describes a meter.
pub(in crate::building) fn meter(topics: &Topics, name: &Slug, meter: &Meter) -> Device {
    let at = topics.meter(name);
    let parts = Parts::new(topics, "meter", name.as_str(), &meter.name);
    if meter.measures.is_flag() {
        let class = (meter.measures == Quantity::Window).then_some("window");
        let flag = json!({ "state_topic": at, "device_class": class });
        return parts.with("state", "binary_sensor", None, flag).device();
    }
    let base = meter.unit.base();
    let class = match meter.measures {
        Quantity::Power => "power",
        Quantity::Energy | Quantity::Heat => "energy",
        Quantity::Gas if base == Base::WattHour => "energy",
        Quantity::Gas => "gas",
        Quantity::Water => "water",
        Quantity::Temperature => "temperature",
        Quantity::Humidity => "humidity",
        Quantity::Co2 => "carbon_dioxide",
        Quantity::Switch | Quantity::Window => "",
    };
    let counted = meter.measures.is_counted();
    let sensor = json!({
        "state_topic": at,
        "device_class": class,
        "state_class": if counted { "total_increasing" } else { "measurement" },
        "unit_of_measurement": unit(base),
    });
    parts.with("value", "sensor", None, sensor).device()
}

/// Returns the unit in which Home Assistant hears of measurements in a base unit.
const fn unit(base: Base) -> Option<&'static str> {
    match base {
        Base::Watt => Some("W"),
        Base::WattHour => Some("kWh"),
        Base::Litre => Some("m³"),
        Base::Celsius => Some("°C"),
        Base::Percent => Some("%"),
        Base::PartsPerMillion => Some("ppm"),
        Base::OnOff => None,
    }
}

/// Writes a value in the base unit as Home Assistant hears of it. Without one, nothing is known.
pub(in crate::building) fn state(base: Base, value: Option<f64>) -> String {
    let Some(value) = value else { return "None".into() };
    match base {
        Base::OnOff => if value > 0.5 { "ON" } else { "OFF" }.into(),
        Base::WattHour | Base::Litre => rounded(value / 1_000.0),
        Base::Watt | Base::Celsius | Base::Percent | Base::PartsPerMillion => rounded(value),
    }
}

/// Writes a number with at most three places.
fn rounded(value: f64) -> String {
    Value::from((value * 1_000.0).round() / 1_000.0).to_string()
}
