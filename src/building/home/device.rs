//! Puts together what is said about a device.

use serde_json::{Map, Value, json};

use super::Device;
use crate::building::Topics;

/// A device that is being put together.
pub(super) struct Parts<'t> {
    topics: &'t Topics,
    id: String,
    name: String,
    model: &'static str,
    components: Map<String, Value>,
}

impl<'t> Parts<'t> {
    /// Begins with a device without anything.
    pub(super) fn new(topics: &'t Topics, kind: &'static str, short: &str, name: &str) -> Self {
        let (id, name) = (topics.id(kind, short), name.to_owned());
        Self { topics, id, name, model: kind, components: Map::new() }
    }

    /// Adds something that it is or has: a `platform` of Home Assistant, and its options. The one with
    /// no name is called as the device is.
    pub(super) fn with(
        mut self,
        key: &str,
        platform: &str,
        name: Option<&str>,
        options: Value,
    ) -> Self {
        let mut all = json!({
            "platform": platform,
            "unique_id": format!("{}_{key}", self.id),
            "default_entity_id": format!("{platform}.{}_{key}", self.id.replace('-', "_")),
            "name": name,
        });
        if let (Value::Object(all), Value::Object(options)) = (&mut all, options) {
            all.extend(options.into_iter().filter(|(_, value)| !value.is_null()));
        }
        self.components.insert(key.to_owned(), all);
        self
    }

    /// Puts it together.
    pub(super) fn device(self) -> Device {
        let content = json!({
            "device": {
                "identifiers": [self.id],
                "name": self.name,
                "manufacturer": "space",
                "model": self.model,
                "sw_version": env!("CARGO_PKG_VERSION"),
            },
            "origin": { "name": "space", "sw_version": env!("CARGO_PKG_VERSION") },
            "availability_topic": self.topics.presence(),
            "components": self.components,
        });
        Device { id: self.id, content }
    }
}
