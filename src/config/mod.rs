//! This machine's configuration: its devices, the wiring of its doors, its mail, its messages, and its pages.
//!
//! A TOML file, by default `/etc/space/door.toml`. Facts about the space rather than this machine
//! are in the repository.

mod bridge;
mod building;
mod chat;
mod check;
mod device;
mod door;
mod files;
mod guard;
mod mail;
mod members;
mod public_status;
mod secret_file;
mod services;
mod state_file;
mod web;
mod wire;

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use jiff::SignedDuration;
use serde::{Deserialize, de::DeserializeOwned};

pub use bridge::{BridgeConfig, Folders, Groups, QueueConfig, SqsQueues};
pub use building::{
    BrokerState, BuildingConfig, BuildingState, HomeAssistant, MeterState, MqttConfig, PeopleState,
    ZoneState,
};
pub use chat::{ChatConfig, ChatConfigKind, EventsConfig};
pub use device::Device;
pub use door::{Door, LockoutSettings};
pub use files::files;
pub use guard::{GUARD_PATH, GUARD_STATE, GuardConfig, GuardState, Measured, Trust};
pub use mail::{Encryption, MailConfig, PASSWORD_VARIABLE, Server};
pub use members::{MembersConfig, ProviderConfig, ProviderConfigKind};
pub use public_status::PublicStatus;
pub use services::{ProcessorConfig, ProcessorConfigKind, ServicesConfig};
pub use web::{Area, Listener, Login, Role, Scope, Things, Token, WebConfig};
pub use wire::Wire;

use crate::domain::model::{Finding, FindingCode, Slug};

/// The default path of the file.
pub const PATH: &str = "/etc/space/door.toml";

/// The folder of all such files.
pub const FOLDER: &str = "/etc/space";

/// The variable that sets another path.
pub const VARIABLE: &str = "SPACE_CONFIG";

/// The configuration of a machine at a door.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// The space's repository.
    pub space: Option<PathBuf>,
    /// The folder of the journal; by default `journal` in the repository's own folder.
    pub journal: Option<PathBuf>,
    /// The socket for operating the door; by default beside the key.
    pub socket: Option<PathBuf>,
    /// The group that may operate it, in addition to the user that runs it.
    pub group: Option<String>,
    /// The devices of this machine, by the names that wires refer to.
    pub devices: BTreeMap<Slug, Device>,
    /// The doors of this machine.
    pub doors: BTreeMap<Slug, Door>,
    /// After how many hours without news of the records that is told; 0 means never, and by default it
    /// is a day.
    pub records_hours: Option<u32>,
    /// How many wrong codes a reader accepts.
    pub readers: LockoutSettings,
}

/// Why a configuration cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read {}: {source}", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// The file is not valid.
    #[error("{} cannot be used", .0.display())]
    Refused(PathBuf, Vec<Finding>),
}

impl ConfigError {
    /// Returns what was found in the file, a line each.
    #[must_use]
    pub fn findings(&self) -> Vec<String> {
        match self {
            Self::Io { .. } => Vec::new(),
            Self::Refused(_, findings) => findings.iter().map(ToString::to_string).collect(),
        }
    }
}

impl Config {
    /// The default time without news of the records after which that is told, in hours.
    const RECORDS_HOURS: u32 = 24;

    /// Returns the age of the records from which it is told, if ever.
    #[must_use]
    pub fn longest_age(&self) -> Option<SignedDuration> {
        let hours = self.records_hours.unwrap_or(Self::RECORDS_HOURS);
        (hours > 0).then(|| SignedDuration::from_hours(hours.into()))
    }

    /// Reads this machine's configuration; empty if there is none.
    ///
    /// # Errors
    /// Like [`Config::read`].
    pub fn load() -> Result<Self, ConfigError> {
        Ok(path_of(VARIABLE, PATH).map(|path| Self::read(&path)).transpose()?.unwrap_or_default())
    }

    /// Reads a file and checks it.
    ///
    /// # Errors
    /// It cannot be read, is not TOML, has an unknown key, or refers to a wire that does not
    /// exist.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let text = read_text(path)?;
        Self::parse(path, &text).map_err(|findings| ConfigError::Refused(path.to_owned(), findings))
    }

    /// Parses a text; the path is only used in findings.
    ///
    /// # Errors
    /// All findings.
    pub fn parse(path: &Path, text: &str) -> Result<Self, Vec<Finding>> {
        let config: Self = parse(path, text).map_err(|finding| vec![finding])?;
        let findings = check::check(path, &config.devices, &config.doors);
        if findings.is_empty() { Ok(config) } else { Err(findings) }
    }
}

/// Returns the path of a file of this machine: the one in the variable, or the default one if it exists.
fn path_of(variable: &str, default: &str) -> Option<PathBuf> {
    let set = std::env::var_os(variable).map(PathBuf::from);
    set.or_else(|| Path::new(default).exists().then(|| default.into()))
}

fn read_text(path: &Path) -> Result<String, ConfigError> {
    fs::read_to_string(path).map_err(|source| ConfigError::Io { path: path.to_owned(), source })
}

/// Parses TOML; errors have a line and column.
fn parse<T: DeserializeOwned>(path: &Path, text: &str) -> Result<T, Finding> {
    toml::from_str(text).map_err(|error| {
        let finding = Finding::error(FindingCode::NoConfig, path.display(), error.message());
        match error.span().and_then(|span| text.get(..span.start)) {
            Some(before) => {
                let line = before.matches('\n').count() + 1;
                let column = before.rsplit('\n').next().map_or(0, |it| it.chars().count()) + 1;
                let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
                finding.at(small(line), small(column))
            }
            None => finding,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> Vec<String> {
        let findings = Config::parse(Path::new("door.toml"), text).unwrap_err();
        findings.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn what_is_unknown_or_no_toml_is_refused_with_its_place() {
        for (text, place, word) in [
            ("space = \"/srv\"\nspeed = 3\n", "door.toml:2:1", "speed"),
            ("[doors.frontdoor]\nunlock_seconds = -1\n", "door.toml:2:18", "-1"),
            ("[doors.frontdoor]\nunlock_seconds 5\n", "door.toml:2:16", ""),
            ("[doors.frontdoor]\nentry = [\"board\"]\n", "door.toml:2:9", "board:1"),
            ("[devices.board.acx]\nport = \"x\"\n", "door.toml:1:", "acx"),
        ] {
            let [finding] = &refused(text)[..] else { panic!("{text}") };
            assert!(finding.starts_with(place) && finding.contains(word), "{finding}");
        }
    }

    #[test]
    fn a_missing_file_is_reported() {
        let error = Config::read(Path::new("/nowhere/door.toml")).unwrap_err();
        assert!(error.to_string().starts_with("cannot read /nowhere/door.toml"), "{error}");
    }
}
