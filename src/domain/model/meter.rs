//! What is measured in the building, where the numbers come from, and what they cost:
//! `meters/<name>.json`.

use jiff::civil::Date;
use schemars::{JsonSchema, Schema};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Decimal, Quantity, Slug, Unit};

/// A meter, a sensor or a dial on the wall.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Meter {
    /// The display name.
    pub name: String,
    /// What it measures.
    pub measures: Quantity,
    /// The unit of its numbers.
    pub unit: Unit,
    /// Where its numbers come from; `null` if somebody reads it.
    #[serde(default)]
    pub source: Option<Source>,
    /// The zone that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<Slug>,
    /// The facility that it belongs to: a machine with a meter of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facility: Option<Slug>,
    /// Whether it hangs outside: degree days are counted by it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub outside: bool,
    /// What a kilowatt-hour or a cubic metre costs, and since when.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prices: Vec<Price>,
    /// How many kilowatt-hours are in a cubic metre of gas. With it, gas is paid for by the
    /// kilowatt-hour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calorific: Option<Decimal>,
    /// The number at which its counter begins again with zero, in its own unit: 100000 for five digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wraps_at: Option<Decimal>,
    /// Whether everybody may see what it says, in the SpaceAPI.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub published: bool,
    /// When somebody should be told, if ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alarm: Option<MeterAlarm>,
}

/// What a unit of use costs from some day on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Price {
    /// The first day on which it counts; `null` if it has always been this.
    #[serde(default)]
    pub from: Option<Date>,
    /// What a kilowatt-hour costs, or a cubic metre, in major units of the currency, as on the bill:
    /// 0.2450. It is negative for what is fed in and paid for.
    pub price: Decimal,
}

/// Where the numbers of a meter come from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", try_from = "Sources")]
pub enum Source {
    /// Messages of a broker.
    Mqtt(MqttSource),
    /// A thermometer of the furnace guard, by its name there.
    Guard(GuardSource),
    /// A thermometer on the one-wire bus of the machine.
    W1(W1Source),
    /// A JSON document that is asked for again and again.
    Http(HttpSource),
}

/// A source as it is written: an object with one key. A struct, so that a key which a newer program adds
/// can be left out as it is elsewhere.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = just_one)]
struct Sources {
    mqtt: Option<MqttSource>,
    guard: Option<GuardSource>,
    w1: Option<W1Source>,
    http: Option<HttpSource>,
}

/// Adds to the schema that one of the sources is given, and no other.
fn just_one(schema: &mut Schema) {
    let names = schema.get("properties").and_then(|it| it.as_object()).map(|it| it.keys());
    let given =
        |name: &String| json!({ "required": [name], "properties": { name: { "type": "object" } } });
    let one = names.into_iter().flatten().map(given).collect::<Vec<_>>();
    schema.insert("oneOf".to_owned(), one.into());
}

impl TryFrom<Sources> for Source {
    type Error = &'static str;

    fn try_from(Sources { mqtt, guard, w1, http }: Sources) -> Result<Self, Self::Error> {
        match (mqtt, guard, w1, http) {
            (Some(it), None, None, None) => Ok(Self::Mqtt(it)),
            (None, Some(it), None, None) => Ok(Self::Guard(it)),
            (None, None, Some(it), None) => Ok(Self::W1(it)),
            (None, None, None, Some(it)) => Ok(Self::Http(it)),
            _ => Err("one of `mqtt`, `guard`, `w1` and `http` is expected"),
        }
    }
}

/// Which messages of a broker, and which number in them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MqttSource {
    /// The topic; with a profile, what the device's topics begin with.
    pub topic: String,
    /// Where the number stands in a JSON document (RFC 6901); without it, the message is the number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
    /// The kind of device, which says where the number stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile: Option<DeviceProfile>,
    /// Which of several channels of the device, from zero.
    #[serde(default, skip_serializing_if = "is_first")]
    pub channel: u8,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands out references")]
const fn is_first(channel: &u8) -> bool {
    *channel == 0
}

/// A kind of device that publishes in a way of its own.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum DeviceProfile {
    /// Shelly devices of the first generation.
    #[serde(rename = "shelly-1")]
    Shelly1,
    /// Shelly devices of the second generation and later.
    #[serde(rename = "shelly-2")]
    Shelly2,
    /// Devices with Tasmota.
    Tasmota,
    /// Devices behind Zigbee2MQTT.
    Zigbee2mqtt,
    /// Devices with `ESPHome`.
    Esphome,
    /// The state of an entity that Home Assistant publishes (its `mqtt_statestream`).
    HomeAssistant,
}

/// Which thermometer of the furnace guard.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GuardSource {
    /// Its name in the guard's configuration.
    pub thermometer: String,
}

/// Which thermometer on the one-wire bus.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct W1Source {
    /// The name of its folder: `28-0123456789ab`.
    pub device: String,
}

/// Which document, which number in it, and how often it is asked for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HttpSource {
    /// Its address.
    pub url: String,
    /// Where the number stands (RFC 6901).
    pub pointer: String,
    /// How many seconds lie between two questions.
    #[serde(default = "a_minute")]
    pub seconds: u32,
}

const fn a_minute() -> u32 {
    60
}

/// When somebody should be told about a meter; numbers are in its own unit.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct MeterAlarm {
    /// When it says more than this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub above: Option<Decimal>,
    /// When it says less than this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub below: Option<Decimal>,
    /// When it has said nothing for this many minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub silent_minutes: Option<u32>,
}

impl DeviceProfile {
    /// Every profile, with its word.
    pub const ALL: [(Self, &'static str); 6] = [
        (Self::Shelly1, "shelly-1"),
        (Self::Shelly2, "shelly-2"),
        (Self::Tasmota, "tasmota"),
        (Self::Zigbee2mqtt, "zigbee2mqtt"),
        (Self::Esphome, "esphome"),
        (Self::HomeAssistant, "home-assistant"),
    ];

    /// Returns the word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(it, _)| *it == self).map_or("", |(_, word)| *word)
    }
}

impl std::str::FromStr for DeviceProfile {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = Self::ALL.iter().find(|(_, word)| *word == text);
        found.map(|(it, _)| *it).ok_or_else(|| {
            let all: Vec<&str> = Self::ALL.iter().map(|(_, word)| *word).collect();
            let text = super::text::shown(text);
            format!("`{text}` is not a known kind of device: use {}", all.join(", "))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_one_of_several() {
        for json in [
            r#"{"mqtt":{"topic":"a"}}"#,
            r#"{"guard":{"thermometer":"a"}}"#,
            r#"{"w1":{"device":"a"}}"#,
            r#"{"http":{"url":"a","pointer":"/b","seconds":60}}"#,
        ] {
            let source: Source = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::to_string(&source).unwrap(), json);
        }
        for json in ["{}", r#"{"w1":{"device":"a"},"mqtt":{"topic":"a"}}"#, r#"{"air":{}}"#] {
            assert!(serde_json::from_str::<Source>(json).is_err(), "{json}");
        }
    }

    #[test]
    fn profiles_are_read_by_the_words_that_records_have() {
        for (profile, word) in DeviceProfile::ALL {
            assert_eq!(word.parse(), Ok(profile));
            assert_eq!(serde_json::to_string(&profile).unwrap(), format!("\"{word}\""));
        }
    }
}
