//! This machine's wiring: which devices hang on it, and which wire is at which door; and its mail.
//!
//! A TOML file, `/etc/space/door.toml` unless it is named. What is about the space and not about
//! this machine is in the repository.

mod check;
mod device;
mod door;
mod mail;
mod wire;

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use serde::{Deserialize, de::DeserializeOwned};

pub use device::Device;
pub use door::{Door, Patience};
pub use mail::{Encryption, MailConfig, PASSWORD_VARIABLE, Server};
pub use wire::Wire;

use crate::domain::model::{Finding, FindingCode, Slug};

/// Where the file is unless it is named.
pub const PATH: &str = "/etc/space/door.toml";

/// The variable that names another one.
pub const VARIABLE: &str = "SPACE_CONFIG";

/// What a machine at a door is told about itself.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// The space's repository.
    pub space: Option<PathBuf>,
    /// The folder of the journal; `journal` in the repository's own folder unless given.
    pub journal: Option<PathBuf>,
    /// The socket by which the door is operated; beside the key unless given.
    pub socket: Option<PathBuf>,
    /// The group that may operate it, besides the user that runs it.
    pub group: Option<String>,
    /// What hangs on this machine, by the names that wires begin with.
    pub devices: BTreeMap<Slug, Device>,
    /// The doors of this machine.
    pub doors: BTreeMap<Slug, Door>,
    /// How many wrong codes a reader takes.
    pub readers: Patience,
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
        /// What the system said.
        source: io::Error,
    },
    /// The file says what cannot be.
    #[error("{} cannot be used", .0.display())]
    Refused(PathBuf, Vec<Finding>),
}

impl Config {
    /// Reads the configuration of this machine; an empty one where there is none.
    ///
    /// # Errors
    /// As [`Config::read`].
    pub fn of_machine() -> Result<Self, ConfigError> {
        match std::env::var_os(VARIABLE) {
            Some(path) => Self::read(Path::new(&path)),
            None if Path::new(PATH).exists() => Self::read(Path::new(PATH)),
            None => Ok(Self::default()),
        }
    }

    /// Reads a file and holds it against itself.
    ///
    /// # Errors
    /// It cannot be read, is no TOML, has an unknown key, or names a wire that is not there.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let text = text(path)?;
        Self::parse(path, &text).map_err(|findings| ConfigError::Refused(path.to_owned(), findings))
    }

    /// Reads a text; the path is only for what is said about it.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn parse(path: &Path, text: &str) -> Result<Self, Vec<Finding>> {
        let config: Self = parse(path, text).map_err(|finding| vec![finding])?;
        let findings = check::check(path, &config.devices, &config.doors);
        if findings.is_empty() { Ok(config) } else { Err(findings) }
    }
}

fn text(path: &Path) -> Result<String, ConfigError> {
    fs::read_to_string(path).map_err(|source| ConfigError::Io { path: path.to_owned(), source })
}

/// Reads TOML; what is wrong is told with its line and column.
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
    fn a_file_that_is_not_there_is_told() {
        let error = Config::read(Path::new("/nowhere/door.toml")).unwrap_err();
        assert!(error.to_string().starts_with("cannot read /nowhere/door.toml"), "{error}");
    }
}
