//! The outside services that follow the records, and by which credentials this machine reaches them.
//!
//! A TOML file, by default `/etc/space/services.toml`. Secrets are in files of their own.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use serde::Deserialize;

use super::{ChatConfig, ConfigError, EventsConfig, parse, read_text, secret_file};
use crate::domain::model::{Finding, FindingCode, Slug, text::shown};

/// The default path of the file.
const SERVICES_PATH: &str = "/etc/space/services.toml";
/// The variable that sets another path.
const SERVICES_VARIABLE: &str = "SPACE_SERVICES_CONFIG";

/// The outside services of this machine.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ServicesConfig {
    /// The space's repository.
    pub space: Option<PathBuf>,
    /// The page that members come back to from a processor: `https://space.example.org/me`.
    pub return_url: Option<String>,
    /// The payment processors, by the names by which members pay.
    #[serde(rename = "processor")]
    pub processors: BTreeMap<Slug, ProcessorConfig>,
    /// The chats, by the names that channels have for them.
    #[serde(rename = "chat")]
    pub chats: BTreeMap<Slug, ChatConfig>,
    /// What chats are told about.
    pub events: EventsConfig,
}

/// A payment processor.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProcessorConfig {
    /// How to speak to it.
    pub kind: ProcessorConfigKind,
    /// The file with the secret key, which nobody but this process and root may read.
    pub secret_file: PathBuf,
    /// The file with the secret by which its webhooks are signed; without one, none are taken.
    pub webhook_secret_file: Option<PathBuf>,
    /// Where it is, if not where the company itself is: the simulator, for instance.
    pub url: Option<String>,
}

/// How to speak to a processor.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProcessorConfigKind {
    /// As Stripe does.
    Stripe,
    /// As GoCardless does.
    #[serde(rename = "gocardless")]
    GoCardless,
}

impl ProcessorConfigKind {
    /// Returns the name, as the configuration has it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Stripe => "stripe",
            Self::GoCardless => "gocardless",
        }
    }
}

impl ServicesConfig {
    /// Reads this machine's configuration; without one there are no services.
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
        super::path_of(SERVICES_VARIABLE, SERVICES_PATH).map(|path| Self::read(&path)).transpose()
    }

    /// Reads a file and checks it.
    ///
    /// # Errors
    /// It cannot be read, is not TOML, has an unknown key, or would send a secret in the clear.
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
        let faults = config.faults();
        if faults.is_empty() {
            return Ok(config);
        }
        let finding = |it: String| Finding::error(FindingCode::BadServices, path.display(), it);
        Err(faults.into_iter().map(finding).collect())
    }

    fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let own = self.return_url.iter().map(|url| ("return_url".to_owned(), url));
        let others = self
            .processors
            .iter()
            .filter_map(|(name, it)| Some((format!("processor.{name}.url"), it.url.as_ref()?)));
        let chats = self.chats.iter().flat_map(|(name, it)| {
            let urls = [("url", &it.url), ("invite_link", &it.invite_link)];
            urls.map(|(key, url)| Some((format!("chat.{name}.{key}"), url.as_ref()?)))
        });
        for (key, url) in own.chain(others).chain(chats.flatten()) {
            let host = url.strip_prefix("http://");
            let host = host.map(|it| it.split(['/', ':']).next().unwrap_or_default());
            let is_here = matches!(host, Some("localhost" | "127.0.0.1" | "[" | "[::1]"));
            if !url.starts_with("https://") && !is_here {
                let url = shown(url);
                faults.push(format!("{key}: `{url}` does not begin with https://"));
            }
        }
        for (name, it) in &self.chats {
            if self.processors.contains_key(name) {
                faults.push(format!("chat.{name}: a processor has the same name; give it another"));
            }
            faults
                .extend(it.faults(&self.events).into_iter().map(|it| format!("chat.{name}: {it}")));
        }
        faults
    }
}

impl ProcessorConfig {
    /// Reads the secret key.
    ///
    /// # Errors
    /// The file cannot be read, or others may read it.
    pub fn secret(&self) -> Result<String, ConfigError> {
        secret_file::read(&self.secret_file, FindingCode::BadServices)
    }

    /// Reads the secret by which webhooks are signed, if there is one.
    ///
    /// # Errors
    /// The file cannot be read, or others may read it.
    pub fn webhook_secret(&self) -> Result<Option<String>, ConfigError> {
        let path = self.webhook_secret_file.as_ref();
        path.map(|path| secret_file::read(path, FindingCode::BadServices)).transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<ServicesConfig, String> {
        ServicesConfig::parse(Path::new("services.toml"), text).map_err(|findings| {
            findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
        })
    }

    #[test]
    fn a_processor_has_a_kind_and_a_file_with_its_key() {
        let stripe = "[processor.stripe]\nkind = \"stripe\"\nsecret_file = \"/etc/space/stripe\"\n";
        assert_eq!(read("").unwrap(), ServicesConfig::default());
        assert!(read(stripe).is_ok());
        assert!(read(&format!("{stripe}url = \"http://127.0.0.1:12111\"\n")).is_ok());
        for (text, part) in [
            ("[processor.stripe]\nkind = \"stripe\"\n".to_owned(), "secret_file"),
            (format!("{stripe}secret = \"sk_live_1\"\n"), "services.toml:4:1"),
            (format!("{stripe}url = \"http://stripe.example.org\"\n"), "processor.stripe.url"),
            (format!("return_url = \"me\"\n{stripe}"), "return_url"),
            (stripe.replace("\"stripe\"", "\"paypal\""), "services.toml:2:8"),
        ] {
            let said = read(&text).unwrap_err();
            assert!(said.contains(part), "{text}: {said}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_key_that_others_may_read_is_not_used() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("key");
        std::fs::write(&path, "sk_test_1\n").unwrap();
        let mode = |mode| std::fs::set_permissions(&path, PermissionsExt::from_mode(mode)).unwrap();
        let it = ProcessorConfig {
            kind: ProcessorConfigKind::Stripe,
            secret_file: path.clone(),
            webhook_secret_file: Some(path.clone()),
            url: None,
        };
        mode(0o600);
        assert_eq!(it.secret().unwrap(), "sk_test_1");
        assert_eq!(it.webhook_secret().unwrap().as_deref(), Some("sk_test_1"));
        mode(0o644);
        assert!(it.webhook_secret().is_err());
        let Err(ConfigError::Refused(_, findings)) = it.secret() else { panic!("it is read") };
        assert!(findings[0].to_string().contains("chmod"), "{findings:?}");
    }
}
