//! The status of the devices: since when each has been connected or lost.

use std::collections::BTreeMap;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use crate::domain::model::Slug;

/// The devices that have reported anything.
#[derive(Debug, Default)]
pub(super) struct Devices(BTreeMap<Slug, DeviceStatus>);

/// The status of one device.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct DeviceStatus {
    /// Its name in the configuration.
    pub device: Slug,
    /// Its description of itself; `None` if it has never answered.
    pub what: Option<String>,
    /// Since when it is connected; `None` while it is not.
    pub connected: Option<Timestamp>,
    /// When it last failed.
    pub failed: Option<Timestamp>,
    /// Its last error.
    pub error: Option<String>,
}

impl Devices {
    /// Records that a device answers.
    pub(super) fn connect(&mut self, name: &Slug, what: &str, now: Timestamp) {
        let device = self.get(name);
        (device.what, device.connected) = (Some(what.to_owned()), Some(now));
    }

    /// Records that a device does not answer; tells whether that is new.
    pub(super) fn lose(&mut self, name: &Slug, why: &str, now: Timestamp) -> bool {
        let device = self.get(name);
        let news = device.connected.take().is_some() || device.error.as_deref() != Some(why);
        (device.failed, device.error) = (Some(now), Some(why.to_owned()));
        news
    }

    /// Returns the status of all devices.
    pub(super) fn all(&self) -> Vec<DeviceStatus> {
        self.0.values().cloned().collect()
    }

    fn get(&mut self, name: &Slug) -> &mut DeviceStatus {
        self.0.entry(name.clone()).or_insert_with(|| DeviceStatus {
            device: name.clone(),
            what: None,
            connected: None,
            failed: None,
            error: None,
        })
    }
}
