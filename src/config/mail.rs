//! How this machine sends mail: a server, or a folder.
//!
//! A TOML file, `/etc/space/mail.toml` unless it is named. The password stands in a file of its
//! own, or in the environment.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde::Deserialize;

use super::{ConfigError, parse};
use crate::domain::model::{Finding, FindingCode};

/// Where the file is unless it is named.
const MAIL_PATH: &str = "/etc/space/mail.toml";
/// The variable that names another one.
const MAIL_VARIABLE: &str = "SPACE_MAIL_CONFIG";
/// The variable that the password may stand in.
pub const PASSWORD_VARIABLE: &str = "SPACE_MAIL_PASSWORD";

/// How mail is sent.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MailConfig {
    /// How many letters one run sends at most.
    pub most: usize,
    /// How many milliseconds lie between two letters.
    pub pause_ms: u64,
    /// The server; without one, letters are laid into a folder.
    pub smtp: Option<Server>,
    /// The folder; `mail` in the repository's own folder unless given.
    pub folder: Option<PathBuf>,
}

/// A mail server.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    /// Its name.
    pub host: String,
    /// Its port; 587, or 465 for implicit TLS.
    pub port: Option<u16>,
    /// How the connection is encrypted.
    #[serde(default)]
    pub tls: Encryption,
    /// A file of certificates (PEM) that are trusted besides the system's.
    pub ca_file: Option<PathBuf>,
    /// As whom to log in.
    pub user: Option<String>,
    /// The file that the password stands in.
    pub password_file: Option<PathBuf>,
    /// How many seconds one answer may take.
    #[serde(default = "patience")]
    pub timeout_seconds: u64,
}

/// How a connection to a mail server is encrypted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Encryption {
    /// After a word in the clear.
    #[default]
    Starttls,
    /// From the first byte on.
    Implicit,
    /// Not at all: for a server on this very machine.
    None,
}

const fn patience() -> u64 {
    60
}

impl Default for MailConfig {
    fn default() -> Self {
        Self { most: 100, pause_ms: 500, smtp: None, folder: None }
    }
}

impl MailConfig {
    /// Reads the configuration of this machine; where there is none, letters go into a folder.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn of_machine() -> Result<Self, ConfigError> {
        match std::env::var_os(MAIL_VARIABLE) {
            Some(path) => Self::read(Path::new(&path)),
            None if Path::new(MAIL_PATH).exists() => Self::read(Path::new(MAIL_PATH)),
            None => Ok(Self::default()),
        }
    }

    /// Reads a file and holds it against itself.
    ///
    /// # Errors
    /// It cannot be read, is no TOML, has an unknown key, or would send a password in the clear.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let text = super::text(path)?;
        let refused = |findings| ConfigError::Refused(path.to_owned(), findings);
        let config: Self = parse(path, &text).map_err(|finding| refused(vec![finding]))?;
        let findings = check(path, &config);
        if findings.is_empty() { Ok(config) } else { Err(refused(findings)) }
    }
}

impl Server {
    /// Returns the password: of its file, or of the environment.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn password(&self) -> Result<Option<String>, ConfigError> {
        let Some(path) = &self.password_file else {
            return Ok(std::env::var(PASSWORD_VARIABLE).ok());
        };
        Ok(Some(super::text(path)?.trim_end_matches(['\r', '\n']).to_owned()))
    }

    /// Returns the certificates that are trusted besides the system's.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn authorities(&self) -> Result<Option<Vec<u8>>, ConfigError> {
        let read = |path: &PathBuf| {
            fs::read(path).map_err(|source| ConfigError::Io { path: path.clone(), source })
        };
        self.ca_file.as_ref().map(read).transpose()
    }
}

fn check(path: &Path, config: &MailConfig) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut find = |message: &str| {
        findings.push(Finding::error(FindingCode::BadMail, path.display(), message));
    };
    if config.most == 0 {
        find("most is 0, so nothing would ever be sent");
    }
    if let Some(server) = &config.smtp {
        if config.folder.is_some() {
            find("both [smtp] and folder are given: leave one out");
        }
        let here = ["localhost", "127.0.0.1", "::1"].contains(&server.host.as_str());
        if server.tls == Encryption::None && !here {
            find("smtp: tls = \"none\" is for a server on this machine only");
        }
        if server.password_file.is_some() && server.user.is_none() {
            find("smtp: there is a password, but no user");
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<MailConfig, String> {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), text).unwrap();
        MailConfig::read(file.path()).map_err(|error| match error {
            ConfigError::Refused(_, findings) => {
                findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
            }
            other => other.to_string(),
        })
    }

    #[test]
    fn a_server_needs_little_and_its_traffic_is_encrypted() {
        let config = read("[smtp]\nhost = \"mail.example.org\"\nuser = \"us\"\n").unwrap();
        let server = config.smtp.unwrap();
        assert_eq!((server.tls, server.timeout_seconds), (Encryption::Starttls, 60));
        assert!(read("[smtp]\nhost = \"localhost\"\ntls = \"none\"\n").is_ok());
        assert_eq!(read("").unwrap(), MailConfig::default());
    }

    #[test]
    fn what_cannot_be_is_told() {
        for (text, word) in [
            ("most = 0\n", "nothing would ever be sent"),
            ("[smtp]\nhost = \"mail.example.org\"\ntls = \"none\"\n", "on this machine only"),
            ("folder = \"x\"\n[smtp]\nhost = \"localhost\"\n", "leave one out"),
            ("[smtp]\nhost = \"x\"\npassword_file = \"p\"\n", "no user"),
            ("[smtp]\nhost = \"x\"\npassword = \"p\"\n", ":3:1"),
        ] {
            let said = read(text).unwrap_err();
            assert!(said.contains(word), "{said}");
        }
    }

    #[test]
    fn a_password_is_one_line_of_a_file() {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), "  secret \r\n").unwrap();
        let text = format!(
            "[smtp]\nhost = \"x\"\nuser = \"u\"\npassword_file = \"{}\"\n",
            file.path().display()
        );
        let server = read(&text).unwrap().smtp.unwrap();
        assert_eq!(server.password().unwrap().unwrap(), "  secret ");
    }
}
