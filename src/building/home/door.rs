//! A door: its lock, and whether it stands open.

use serde_json::json;

use super::{Device, device::Parts};
use crate::{building::Topics, domain::model::Slug};

/// Describes a door. Whether an order is obeyed is decided when one comes.
pub(in crate::building) fn door(topics: &Topics, door: &Slug, has_contact: bool) -> Device {
    let lock = json!({
        "state_topic": topics.lock(door),
        "command_topic": topics.order(door),
        "optimistic": false,
        "retain": false, // a retained order would be repeated with every connection
    });
    let locked = json!({
        "state_topic": topics.lock(door),
        "device_class": "lock",
        "payload_on": "UNLOCKED",
        "payload_off": "LOCKED",
    });
    let parts = Parts::new(topics, "door", door.as_str(), door.as_str())
        .with("lock", "lock", None, lock)
        .with("unlocked", "binary_sensor", Some("Unlocked"), locked);
    if !has_contact {
        return parts.device();
    }
    let contact = json!({ "state_topic": topics.contact(door), "device_class": "door" });
    parts.with("contact", "binary_sensor", Some("Open"), contact).device()
}
