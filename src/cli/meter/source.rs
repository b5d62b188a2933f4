//! The options that say where the numbers of a meter come from.

use crate::{
    cli::CliError,
    domain::model::{DeviceProfile, GuardSource, HttpSource, MqttSource, Source, W1Source},
};

/// The heading of these options.
const HEADING: &str = "Where its numbers come from [default: somebody reads it]";

/// Where the numbers of a meter come from.
#[derive(clap::Args, Debug, Clone, Default)]
#[command(next_help_heading = HEADING)]
pub(super) struct SourceArgs {
    /// A topic of the MQTT broker; with --device, what the device's topics begin with
    #[arg(long, value_name = "TOPIC", conflicts_with_all = ["guard", "w1", "url"])]
    topic: Option<String>,

    /// The kind of device that publishes: shelly-1, shelly-2, tasmota, zigbee2mqtt, esphome or
    /// home-assistant
    #[arg(long, value_name = "KIND", requires = "topic")]
    device: Option<DeviceProfile>,

    /// Which of several channels of the device
    #[arg(long, value_name = "N", requires = "device")]
    channel: Option<u8>,

    /// The address of a JSON document
    #[arg(long, value_name = "ADDRESS", conflicts_with_all = ["guard", "w1"], requires = "pointer")]
    url: Option<String>,

    /// How many seconds lie between two questions for it [default: 60]
    #[arg(long, value_name = "N", requires = "url")]
    seconds: Option<u32>,

    /// Where the number stands in a JSON document, like /ENERGY/Power
    #[arg(long, value_name = "POINTER")]
    pointer: Option<String>,

    /// A thermometer of the furnace guard, by its name there
    #[arg(long, value_name = "NAME", conflicts_with = "w1")]
    guard: Option<String>,

    /// A one-wire thermometer, like 28-0123456789ab
    #[arg(long, value_name = "DEVICE")]
    w1: Option<String>,
}

impl SourceArgs {
    /// Returns the source, if one is given.
    ///
    /// # Errors
    /// Fails if a pointer is given and nothing to point into.
    pub(super) fn source(self) -> Result<Option<Source>, CliError> {
        let Self { topic, device, channel, url, seconds, pointer, guard, w1 } = self;
        let (pointed, is_in) = (pointer.is_some(), topic.is_some() || url.is_some());
        if pointed && !is_in {
            return Err(CliError::user("--pointer needs --topic or --url"));
        }
        let mqtt = topic.map(|topic| {
            let (pointer, channel) = (pointer.clone(), channel.unwrap_or(0));
            Source::Mqtt(MqttSource { topic, pointer, profile: device, channel })
        });
        let http = url.zip(pointer).map(|(url, pointer)| {
            Source::Http(HttpSource { url, pointer, seconds: seconds.unwrap_or(60) })
        });
        let guard = guard.map(|thermometer| Source::Guard(GuardSource { thermometer }));
        let w1 = w1.map(|device| Source::W1(W1Source { device }));
        Ok(mqtt.or(http).or(guard).or(w1))
    }
}
