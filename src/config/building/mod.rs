//! What this machine hears of the building: a broker, the doors, the guard.
//!
//! A TOML file, by default `/etc/space/building.toml`.

mod mqtt;
mod state;

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use serde::Deserialize;

pub use self::{
    mqtt::MqttConfig,
    state::{BrokerState, BuildingState, MeterState, PeopleState, ZoneState},
};
use super::{ConfigError, GUARD_STATE, parse};
use crate::domain::model::{Finding, FindingCode, Slug};

/// The default path of the file.
const BUILDING_PATH: &str = "/etc/space/building.toml";
/// The variable that sets another path.
const BUILDING_VARIABLE: &str = "SPACE_BUILDING_CONFIG";

/// Both, for whoever wants all files of a machine.
pub(super) const FILE: (&str, &str) = (BUILDING_VARIABLE, BUILDING_PATH);

/// The configuration of the building.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct BuildingConfig {
    /// The space's repository.
    pub space: Option<PathBuf>,
    /// The folder of the doors' journals; by default that of this machine's door.
    pub journal: Option<PathBuf>,
    /// The folder of the measurements; by default in the repository's own folder.
    pub measurements: Option<PathBuf>,
    /// The sockets of the running doors; by default none.
    pub doors: Vec<PathBuf>,
    /// The file with the state of the furnace's guard.
    pub guard: PathBuf,
    /// The file with the state of the running program.
    pub state: PathBuf,
    /// The file that remembers alarms; by default `building-alarms.json` in the repository's own
    /// folder.
    pub memory: Option<PathBuf>,
    /// The broker, if there is one.
    pub mqtt: Option<MqttConfig>,
    /// What Home Assistant sees, if it listens to the broker.
    pub home_assistant: Option<HomeAssistant>,
}

/// What Home Assistant sees.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct HomeAssistant {
    /// What its topics begin with.
    pub discovery: String,
    /// The doors that it may unlock; by default none.
    pub unlock: BTreeSet<Slug>,
}

impl Default for HomeAssistant {
    fn default() -> Self {
        Self { discovery: "homeassistant".into(), unlock: BTreeSet::new() }
    }
}

impl Default for BuildingConfig {
    fn default() -> Self {
        Self {
            space: None,
            journal: None,
            measurements: None,
            doors: Vec::new(),
            guard: GUARD_STATE.into(),
            state: BuildingState::path(),
            memory: None,
            mqtt: None,
            home_assistant: None,
        }
    }
}

impl BuildingConfig {
    /// Reads this machine's configuration; if there is none, nothing is connected.
    ///
    /// # Errors
    /// Like [`Self::read`].
    pub fn of_machine() -> Result<Self, ConfigError> {
        Ok(Self::configured()?.unwrap_or_default())
    }

    /// Reads this machine's configuration; `None` if there is none.
    ///
    /// # Errors
    /// Like [`Self::read`].
    pub fn configured() -> Result<Option<Self>, ConfigError> {
        super::path_of(BUILDING_VARIABLE, BUILDING_PATH).map(|path| Self::read(&path)).transpose()
    }

    /// Reads a file and checks it.
    ///
    /// # Errors
    /// It cannot be read, is not TOML, has an unknown key, or describes a broker that cannot be
    /// reached.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let text = super::read_text(path)?;
        Self::parse(path, &text).map_err(|findings| ConfigError::Refused(path.to_owned(), findings))
    }

    /// Parses a text; the path is only used in findings.
    ///
    /// # Errors
    /// All findings.
    pub fn parse(path: &Path, text: &str) -> Result<Self, Vec<Finding>> {
        let config: Self = parse(path, text).map_err(|finding| vec![finding])?;
        let mut faults = config.mqtt.as_ref().map(MqttConfig::faults).unwrap_or_default();
        if let Some(home) = &config.home_assistant {
            if config.mqtt.is_none() {
                faults.push("[home_assistant] is reached through a broker: add [mqtt]".into());
            }
            if !mqtt::is_topic(&home.discovery) {
                faults.push(
                    "home_assistant.discovery is not a topic: it is homeassistant, unless \
                             you changed it there"
                        .into(),
                );
            }
            if !home.unlock.is_empty() && config.doors.is_empty() {
                faults.push(
                    "home_assistant.unlock needs `doors`: the socket of a running door".into(),
                );
            }
        }
        if faults.is_empty() {
            return Ok(config);
        }
        let error = |it| Finding::error(FindingCode::BadBuilding, path.display(), it);
        Err(faults.into_iter().map(error).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<BuildingConfig, String> {
        BuildingConfig::parse(Path::new("building.toml"), text).map_err(|findings| {
            findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
        })
    }

    #[test]
    fn nothing_needs_to_be_said() {
        assert_eq!(read("").unwrap(), BuildingConfig::default());
        let config = read("[mqtt]\nhost = \"localhost\"\n[home_assistant]\n").unwrap();
        assert_eq!(config.home_assistant, Some(HomeAssistant::default()));
        let broker = config.mqtt.unwrap();
        assert_eq!((broker.port(), broker.topic.as_str()), (1883, "space"));
        assert_eq!(read("[mqtt]\nhost = \"x\"\ntls = true\n").unwrap().mqtt.unwrap().port(), 8883);
        assert!(read("[mqtt]\nmemory = true\n").is_ok());
    }

    #[test]
    fn what_cannot_be_is_told() {
        let broker = "[mqtt]\nhost = \"broker.lan\"\n";
        for (text, word) in [
            ("speed = 1\n".to_owned(), ":1:1"),
            ("[mqtt]\n".to_owned(), "give `host`"),
            ("[mqtt]\nhost = \"x\"\nmemory = true\n".to_owned(), "give `host`"),
            (format!("{broker}user = \"space\"\n"), "in the clear"),
            (format!("{broker}password_file = \"/p\"\n"), "no user"),
            (format!("{broker}ca_file = \"/p\"\n"), "tls = true"),
            (format!("{broker}topic = \"a/#\"\n"), "mqtt.topic"),
            (format!("{broker}client = \"\"\n"), "mqtt.client"),
            ("[home_assistant]\n".to_owned(), "add [mqtt]"),
            (format!("{broker}[home_assistant]\nunlock = [\"front\"]\n"), "needs `doors`"),
            (format!("{broker}[home_assistant]\ndiscovery = \"+\"\n"), "not a topic"),
        ] {
            let said = read(&text).unwrap_err();
            assert!(said.contains(word), "{text}: {said}");
        }
        let clear = "user = \"space\"\npassword_in_the_clear = true\n";
        assert!(read(&format!("{broker}{clear}")).is_ok());
        assert!(read("[mqtt]\nhost = \"localhost\"\nuser = \"space\"\n").is_ok());
    }
}
