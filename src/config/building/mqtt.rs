//! How to reach a broker.

use std::{fs, path::PathBuf};

use serde::Deserialize;

use crate::config::{ConfigError, read_text};

/// The variable that may contain the password.
const PASSWORD_VARIABLE: &str = "SPACE_MQTT_PASSWORD";

/// How to reach a broker, and what it sees of us.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MqttConfig {
    /// The host name or address.
    pub host: Option<String>,
    /// Whether the broker is the memory of this process, for rehearsals.
    pub memory: bool,
    /// The port; by default 1883, or 8883 with TLS.
    pub port: Option<u16>,
    /// Whether the connection is encrypted.
    pub tls: bool,
    /// A file of certificates (PEM) that are trusted in addition to the system's.
    pub ca_file: Option<PathBuf>,
    /// The user name for logging in.
    pub user: Option<String>,
    /// The file that contains the password.
    pub password_file: Option<PathBuf>,
    /// Whether the password may cross a network in the clear, where all can read it.
    pub password_in_the_clear: bool,
    /// The name by which the broker knows this program.
    pub client: String,
    /// What the topics of this program begin with.
    pub topic: String,
    /// Whether the names of members are published at each access, and not just their numbers.
    pub names: bool,
}

impl Default for MqttConfig {
    fn default() -> Self {
        Self {
            host: None,
            memory: false,
            port: None,
            tls: false,
            ca_file: None,
            user: None,
            password_file: None,
            password_in_the_clear: false,
            client: "space-building".into(),
            topic: "space".into(),
            names: false,
        }
    }
}

impl MqttConfig {
    /// Returns the port.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port.unwrap_or(if self.tls { 8883 } else { 1883 })
    }

    /// Returns the user and the password, from its file or the environment.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn login(&self) -> Result<Option<(String, String)>, ConfigError> {
        let Some(user) = &self.user else { return Ok(None) };
        let password = match &self.password_file {
            Some(path) => read_text(path)?.trim_end_matches(['\r', '\n']).to_owned(),
            None => std::env::var(PASSWORD_VARIABLE).unwrap_or_default(),
        };
        Ok(Some((user.clone(), password)))
    }

    /// Returns the certificates that are trusted in addition to the system's.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn authorities(&self) -> Result<Option<Vec<u8>>, ConfigError> {
        let read = |path: &PathBuf| {
            fs::read(path).map_err(|source| ConfigError::Io { path: path.clone(), source })
        };
        self.ca_file.as_ref().map(read).transpose()
    }

    /// Returns what is wrong with it.
    pub(super) fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let mut find = |fault: &str| faults.push(fault.to_owned());
        if self.host.is_some() == self.memory {
            find("mqtt: give `host`, the name of the broker, or `memory = true` for none");
        }
        let here = |host: &String| ["localhost", "127.0.0.1", "::1"].contains(&host.as_str());
        let exposed = self.user.is_some() && !self.tls && !self.host.as_ref().is_none_or(here);
        if exposed && !self.password_in_the_clear {
            find(
                "mqtt: the password would cross the network in the clear: say tls = true, or \
                  password_in_the_clear = true if nobody else is in that network",
            );
        }
        if self.password_file.is_some() && self.user.is_none() {
            find("mqtt: there is a password, but no user");
        }
        if self.ca_file.is_some() && !self.tls {
            find("mqtt: ca_file is for an encrypted connection: say tls = true");
        }
        if !is_topic(&self.topic) {
            find("mqtt.topic is not a topic: write a word like space");
        }
        if !(1..=64).contains(&self.client.len()) || self.client.contains(char::is_control) {
            find("mqtt.client is a name of 1 to 64 letters");
        }
        faults
    }
}

/// Tells whether topics can begin with this.
pub(super) fn is_topic(text: &str) -> bool {
    let fits = |it: char| !it.is_control() && !['+', '#', '$'].contains(&it);
    (1..=100).contains(&text.len()) && text.chars().all(fits) && !text.ends_with('/')
}
