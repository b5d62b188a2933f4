//! How many people are in, and what is wrong.

use serde_json::json;

use super::{Device, device::Parts};
use crate::building::Topics;

/// Describes the number of people.
pub(in crate::building) fn people(topics: &Topics) -> Device {
    let number = json!({
        "state_topic": topics.people(),
        "value_template": "{{ value_json.number }}",
        "json_attributes_topic": topics.people(),
        "state_class": "measurement",
    });
    Parts::new(topics, "people", "in", "People in the building")
        .with("number", "sensor", None, number)
        .device()
}

/// Describes the alarms.
pub(in crate::building) fn alarms(topics: &Topics) -> Device {
    let any = json!({
        "state_topic": topics.alarms(),
        "value_template": "{{ 'ON' if value_json.alarms else 'OFF' }}",
        "json_attributes_topic": topics.alarms(),
        "device_class": "problem",
    });
    Parts::new(topics, "alarms", "building", "Alarms of the building")
        .with("any", "binary_sensor", None, any)
        .device()
}
