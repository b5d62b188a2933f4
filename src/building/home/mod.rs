//! What Home Assistant is told, so that it finds every door, meter and zone, and the guard by itself
//! (its MQTT discovery, in the form of devices).

mod device;
mod door;
mod guard;
mod meter;
mod people;
#[cfg(test)]
mod tests;
mod zone;

use serde_json::Value;

use crate::{building::Topics, integrations::mqtt::Outgoing};

pub(super) use self::{
    door::door,
    guard::guard,
    meter::{meter, state as meter_state},
    people::{alarms, people},
    zone::zone,
};

/// A device as Home Assistant is told about it.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Device {
    /// Its id, which no other device has.
    id: String,
    /// What is known about it.
    content: Value,
}

impl Device {
    /// Returns the message that makes it known. What topics of Home Assistant begin with is given.
    pub(super) fn announce(&self, discovery: &str) -> Outgoing {
        Outgoing::retained(topic(discovery, &self.id), self.content.to_string())
    }

    /// Returns its id.
    pub(super) fn id(&self) -> &str {
        &self.id
    }
}

/// Returns the message that makes a device unknown again.
pub(super) fn forget(discovery: &str, id: &str) -> Outgoing {
    Outgoing::retained(topic(discovery, id), "")
}

fn topic(discovery: &str, id: &str) -> String {
    format!("{discovery}/device/{id}/config")
}

/// Returns the pattern of the topics of all devices.
pub(super) fn devices(discovery: &str) -> String {
    format!("{discovery}/device/+/config")
}

/// Returns the id of one of our devices, if a topic is about one, known or not.
pub(super) fn own_device<'t>(discovery: &str, topics: &Topics, topic: &'t str) -> Option<&'t str> {
    let id = topic.strip_prefix(discovery)?.strip_prefix("/device/")?.strip_suffix("/config")?;
    id.starts_with(&topics.id("", "")[..topics.id("", "").len() - 1]).then_some(id)
}

/// Returns the topic on which it says that it has come or gone.
pub(super) fn birth(discovery: &str) -> String {
    format!("{discovery}/status")
}
