//! How this machine sends mail: through a server, or into a folder.
//!
//! A TOML file, by default `/etc/space/mail.toml`. The password is in a separate file, or in the
//! environment.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde::Deserialize;

use super::{ConfigError, parse};
use crate::domain::model::{Finding, FindingCode};

/// The default path of the file.
const MAIL_PATH: &str = "/etc/space/mail.toml";
/// The variable that sets another path.
const MAIL_VARIABLE: &str = "SPACE_MAIL_CONFIG";

/// Both, for whoever wants all files of a machine.
pub(super) const FILE: (&str, &str) = (MAIL_VARIABLE, MAIL_PATH);
/// The variable that may contain the password.
pub const PASSWORD_VARIABLE: &str = "SPACE_MAIL_PASSWORD";

/// How mail is sent.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MailConfig {
    /// The maximum number of letters sent in one run.
    pub most: usize,
    /// The pause between two letters, in milliseconds.
    pub pause_ms: u64,
    /// The server; without one, letters are put into a folder.
    pub smtp: Option<Server>,
    /// The folder; by default `mail` in the repository's own folder.
    pub folder: Option<PathBuf>,
}

/// A mail server.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    /// The host name.
    pub host: String,
    /// The port; by default 587, or 465 for implicit TLS.
    pub port: Option<u16>,
    /// How the connection is encrypted.
    #[serde(default)]
    pub tls: Encryption,
    /// A file of certificates (PEM) that are trusted in addition to the system's.
    pub ca_file: Option<PathBuf>,
    /// The user name for logging in.
    pub user: Option<String>,
    /// The file that contains the password.
    pub password_file: Option<PathBuf>,
    /// The timeout for one answer, in seconds.
    #[serde(default = "default_timeout")]
    pub timeout_seconds: u64,
}

/// How a connection to a mail server is encrypted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Encryption {
    /// After an exchange in the clear.
    #[default]
    Starttls,
    /// From the first byte.
    Implicit,
    /// Not at all: for a server on this very machine.
    None,
}

const fn default_timeout() -> u64 {
    60
}

impl Default for MailConfig {
    fn default() -> Self {
        Self { most: 100, pause_ms: 500, smtp: None, folder: None }
    }
}

impl MailConfig {
    /// Reads this machine's configuration; if there is none, letters go into a folder.
    ///
    /// # Errors
    /// Like [`Self::read`].
    pub fn load() -> Result<Self, ConfigError> {
        let path = super::path_of(MAIL_VARIABLE, MAIL_PATH);
        Ok(path.map(|path| Self::read(&path)).transpose()?.unwrap_or_default())
    }

    /// Reads a file and checks it.
    ///
    /// # Errors
    /// It cannot be read, is not TOML, has an unknown key, or would send a password in the clear.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let text = super::read_text(path)?;
        Self::parse(path, &text).map_err(|findings| ConfigError::Refused(path.to_owned(), findings))
    }

    /// Reads a text and checks it; the path is for the findings.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn parse(path: &Path, text: &str) -> Result<Self, Vec<Finding>> {
        let config: Self = parse(path, text).map_err(|finding| vec![finding])?;
        let findings = check(path, &config);
        if findings.is_empty() { Ok(config) } else { Err(findings) }
    }
}

impl Server {
    /// Returns the password from its file or the environment.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn password(&self) -> Result<Option<String>, ConfigError> {
        let Some(path) = &self.password_file else {
            return Ok(std::env::var(PASSWORD_VARIABLE).ok());
        };
        Ok(Some(super::read_text(path)?.trim_end_matches(['\r', '\n']).to_owned()))
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
}

fn check(path: &Path, config: &MailConfig) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut report = |message: &str| {
        findings.push(Finding::error(FindingCode::BadMail, path.display(), message));
    };
    if config.most == 0 {
        report("most is 0, so nothing would ever be sent");
    }
    if let Some(server) = &config.smtp {
        if config.folder.is_some() {
            report("both [smtp] and folder are given: remove one");
        }
        let here = ["localhost", "127.0.0.1", "::1"].contains(&server.host.as_str());
        if server.tls == Encryption::None && !here {
            report("smtp: tls = \"none\" is for a server on this machine only");
        }
        if server.password_file.is_some() && server.user.is_none() {
            report("smtp: there is a password, but no user");
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
            ("folder = \"x\"\n[smtp]\nhost = \"localhost\"\n", "remove one"),
            ("[smtp]\nhost = \"x\"\npassword_file = \"p\"\n", "no user"),
            ("[smtp]\nhost = \"x\"\npassword = \"p\"\n", ":3:1"),
        ] {
            let message = read(text).unwrap_err();
            assert!(message.contains(word), "{message}");
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
