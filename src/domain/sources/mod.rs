//! What devices say: from a message of a broker or a document to the number of a meter.
//!
//! Pure, and the same for all that comes from outside: a text is bounded before it gets here, and
//! whatever is in it becomes a number, nothing, or a [`Fault`] that says what is wrong with it.

mod esphome;
mod fault;
mod home_assistant;
mod json;
mod number;
mod plain;
mod shelly1;
mod shelly2;
mod tasmota;
#[cfg(test)]
mod tests;
mod topics;
mod zigbee;

pub use fault::Fault;
pub use number::Number;

use crate::domain::model::{DeviceProfile, MqttSource, Quantity};

/// Returns the topics on which a meter is told about. Of a device with a profile, its own topic is
/// enough; whoever writes one on which it publishes means the same device.
#[must_use]
pub fn topics(source: &MqttSource, measures: Quantity) -> Vec<String> {
    let Some(profile) = source.profile else { return vec![source.topic.clone()] };
    let written = source.topic.trim_end_matches('/');
    let of = |device: &str| of_device(profile, device, measures, source.channel);
    let shorter = written.rmatch_indices('/').map(|(end, _)| of(&written[..end]));
    let published = shorter.into_iter().find(|all| all.iter().any(|topic| topic == written));
    published.unwrap_or_else(|| of(written))
}

fn of_device(profile: DeviceProfile, device: &str, measures: Quantity, channel: u8) -> Vec<String> {
    match profile {
        DeviceProfile::Shelly1 => shelly1::topics(device, measures, channel),
        DeviceProfile::Shelly2 => shelly2::topics(device, measures, channel),
        DeviceProfile::Tasmota => tasmota::topics(device, measures, channel),
        DeviceProfile::Zigbee2mqtt => vec![device.to_owned()],
        DeviceProfile::Esphome | DeviceProfile::HomeAssistant => {
            vec![topics::with_end(device, "/state")]
        }
    }
}

/// Reads a message on one of the topics; `None` if it has nothing for this meter, as when a device
/// tells only what has changed.
///
/// # Errors
/// What is wrong with it.
pub fn read(
    source: &MqttSource,
    measures: Quantity,
    topic: &str,
    payload: &[u8],
) -> Result<Option<Number>, Fault> {
    let text = std::str::from_utf8(payload).map_err(|_| Fault::NotText)?;
    let channel = source.channel;
    match source.profile {
        None => plain::read(text, source.pointer.as_deref(), measures),
        Some(DeviceProfile::Shelly1) => shelly1::read(topic, text, measures),
        Some(DeviceProfile::Shelly2) => shelly2::read(topic, text, measures, channel),
        Some(DeviceProfile::Tasmota) => tasmota::read(topic, text, measures, channel),
        Some(DeviceProfile::Zigbee2mqtt) => zigbee::read(text, measures, channel),
        Some(DeviceProfile::Esphome) => esphome::read(text, measures),
        Some(DeviceProfile::HomeAssistant) => home_assistant::read(text, measures),
    }
}

/// Reads a document that was asked for by HTTP.
///
/// # Errors
/// What is wrong with it.
pub fn read_document(text: &[u8], pointer: &str, measures: Quantity) -> Result<Number, Fault> {
    let text = std::str::from_utf8(text).map_err(|_| Fault::NotText)?;
    let found = plain::read(text, Some(pointer), measures)?;
    found.ok_or_else(|| Fault::Empty(pointer.to_owned()))
}
