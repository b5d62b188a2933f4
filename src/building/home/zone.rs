//! A zone: how warm it is, and how warm it is to be.

use serde_json::json;

use super::{Device, device::Parts};
use crate::{building::Topics, domain::model::Slug};

/// Describes a zone. It shows what the records ask for; they are not changed from there.
pub(in crate::building) fn zone(topics: &Topics, zone: &Slug, name: &str) -> Device {
    let at = topics.zone(zone);
    let climate = json!({
        "modes": ["heat"],
        "mode_state_topic": at,
        "mode_state_template": "heat",
        "temperature_state_topic": at,
        "temperature_state_template": "{{ value_json.wanted }}",
        "current_temperature_topic": at,
        "current_temperature_template": "{{ value_json.temperature }}",
        "action_topic": at,
        "action_template": "{{ value_json.action }}",
        "json_attributes_topic": at,
        "temperature_unit": "C",
        "min_temp": 0,
        "max_temp": 35,
        "precision": 0.1,
    });
    Parts::new(topics, "zone", zone.as_str(), name)
        .with("climate", "climate", None, climate)
        .device()
}
