//! The chats of this machine, and what they are told about: a part of `services.toml`.

use std::{collections::BTreeSet, path::PathBuf};

use serde::Deserialize;

use super::{BuildingState, ConfigError, secret_file};
use crate::domain::model::{FindingCode, Group, Slug};

/// A chat.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChatConfig {
    /// How to speak with it.
    pub kind: ChatConfigKind,
    /// The file with the token, or with the address of a webhook; nobody but this process and root may
    /// read it.
    pub secret_file: PathBuf,
    /// The file with the token for commands. Without it, none are heard.
    #[serde(default)]
    pub app_secret_file: Option<PathBuf>,
    /// Where it is, if not where the company itself is: a homeserver, or the simulator.
    #[serde(default)]
    pub url: Option<String>,
    /// The link by which people come to the workspace, for those who are to be invited by hand.
    #[serde(default)]
    pub invite_link: Option<String>,
    /// Whether members are reminded of their dues, each alone.
    #[serde(default)]
    pub reminders: bool,
    /// The doors that members may unlock by a command; each only whom it would open to.
    #[serde(default)]
    pub unlock: BTreeSet<Slug>,
    /// Who may answer applications there: members in one of these groups.
    #[serde(default)]
    pub applications: Vec<Group>,
}

/// How to speak with a chat.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChatConfigKind {
    /// As Slack does.
    Slack,
    /// As a homeserver of Matrix does; posts only.
    Matrix,
    /// As a webhook of Discord does; posts only.
    Discord,
    /// As a webhook of Mattermost does; posts only.
    Mattermost,
}

/// What chats are told about.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct EventsConfig {
    /// The folder of the doors' journals; by default that of this machine's door.
    pub journal: Option<PathBuf>,
    /// The sockets of the running doors; by default none.
    pub doors: Vec<PathBuf>,
    /// The file with the state of the building.
    pub building: PathBuf,
    /// The file with the state of the bridge; by default `bridge.json` in the repository's own folder.
    pub bridge: Option<PathBuf>,
}

impl Default for EventsConfig {
    fn default() -> Self {
        Self { journal: None, doors: Vec::new(), building: BuildingState::path(), bridge: None }
    }
}

impl ChatConfigKind {
    /// Returns the word for it, as in the file.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Slack => "slack",
            Self::Matrix => "matrix",
            Self::Discord => "discord",
            Self::Mattermost => "mattermost",
        }
    }
}

impl ChatConfig {
    /// Reads the token.
    ///
    /// # Errors
    /// The file cannot be read, or others may read it.
    pub fn secret(&self) -> Result<String, ConfigError> {
        secret_file::read(&self.secret_file, FindingCode::BadServices)
    }

    /// Reads the token for commands, if there is one.
    ///
    /// # Errors
    /// The file cannot be read, or others may read it.
    pub fn app_secret(&self) -> Result<Option<String>, ConfigError> {
        let read = |path: &PathBuf| secret_file::read(path, FindingCode::BadServices);
        self.app_secret_file.as_ref().map(read).transpose()
    }

    pub(super) fn faults(&self, events: &EventsConfig) -> Vec<&'static str> {
        let mut faults = Vec::new();
        let kind = self.kind;
        let only_posts = kind != ChatConfigKind::Slack;
        if only_posts && self.app_secret_file.is_some() {
            faults.push("app_secret_file: only Slack has commands");
        }
        if only_posts && self.reminders {
            faults.push("reminders: only at Slack is anybody written to alone");
        }
        if kind == ChatConfigKind::Matrix && self.url.is_none() {
            faults.push("url: say where the homeserver is");
        }
        if matches!(kind, ChatConfigKind::Discord | ChatConfigKind::Mattermost)
            && self.url.is_some()
        {
            faults
                .push("url: the whole address of a webhook is a secret; write it into secret_file");
        }
        if !self.unlock.is_empty() && events.doors.is_empty() {
            faults.push("unlock needs `doors` in [events]: the socket of a running door");
        }
        if !self.unlock.is_empty() && self.app_secret_file.is_none() {
            faults.push("unlock needs app_secret_file, since it is a command");
        }
        if !self.applications.is_empty() && self.app_secret_file.is_none() {
            faults.push("applications needs app_secret_file, since buttons are heard by it");
        }
        faults
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::config::ServicesConfig;

    fn read(text: &str) -> Result<ServicesConfig, String> {
        ServicesConfig::parse(Path::new("services.toml"), text).map_err(|findings| {
            findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
        })
    }

    #[test]
    fn what_a_chat_cannot_do_is_told() {
        let slack = "[chat.slack]\nkind = \"slack\"\nsecret_file = \"/s\"\n";
        assert!(read(slack).is_ok());
        let discord = slack.replace("\"slack\"", "\"discord\"");
        for (text, part) in [
            (format!("{slack}token = \"x\"\n"), "services.toml:4:1"),
            (format!("{slack}url = \"http://slack.example.org\"\n"), "chat.slack.url"),
            (format!("{slack}unlock = [\"frontdoor\"]\n"), "needs `doors`"),
            (format!("{slack}applications = [\"members\"]\n"), "applications needs"),
            (format!("{slack}applications = [\"friends\"]\n"), "services.toml:4:"),
            (format!("{discord}app_secret_file = \"/a\"\n"), "only Slack has commands"),
            (format!("{discord}reminders = true\n"), "written to alone"),
            (format!("{discord}url = \"https://x\"\n"), "is a secret"),
            (slack.replace("\"slack\"", "\"matrix\""), "homeserver"),
            (slack.replace("\"slack\"", "\"irc\""), "services.toml:2:8"),
            (
                format!("{slack}[processor.slack]\nkind = \"stripe\"\nsecret_file = \"/s\"\n"),
                "the same name",
            ),
        ] {
            let said = read(&text).unwrap_err();
            assert!(said.contains(part), "{text}: {said}");
        }
    }
}
