//! The guard of the furnace.

use serde_json::json;

use super::{Device, device::Parts};
use crate::building::Topics;

/// Describes the guard. It can be looked at, and not be told anything.
pub(in crate::building) fn guard(topics: &Topics) -> Device {
    let at = topics.guard();
    let state = json!({
        "state_topic": at,
        "value_template": "{{ value_json.state }}",
        "json_attributes_topic": at,
        "device_class": "enum",
        "options": ["starting", "allowed", "cut", "silent"],
    });
    let flag = |key: &str, class: Option<&str>| {
        json!({
            "state_topic": at,
            "value_template": format!("{{{{ 'ON' if value_json.{key} else 'OFF' }}}}"),
            "device_class": class,
        })
    };
    let warmest = json!({
        "state_topic": at,
        "value_template": "{{ value_json.warmest }}",
        "device_class": "temperature",
        "state_class": "measurement",
        "unit_of_measurement": "°C",
    });
    Parts::new(topics, "guard", "furnace", "Furnace guard")
        .with("state", "sensor", None, state)
        .with("cut", "binary_sensor", Some("Heat is cut"), flag("cut", Some("problem")))
        .with("asked", "binary_sensor", Some("Heat is asked for"), flag("asked", None))
        .with("warmest", "sensor", Some("Warmest"), warmest)
        .device()
}
