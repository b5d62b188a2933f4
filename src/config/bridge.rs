//! How this machine exchanges messages with a membership system.
//!
//! A TOML file, by default `/etc/space/bridge.toml`. Without one, messages go through two folders
//! beside the repository.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use serde::Deserialize;

use super::{ConfigError, parse};
use crate::domain::model::{Finding, FindingCode, Slug};

/// The default path of the file.
const BRIDGE_PATH: &str = "/etc/space/bridge.toml";
/// The variable that sets another path.
const BRIDGE_VARIABLE: &str = "SPACE_BRIDGE_CONFIG";

/// Both, for whoever wants all files of a machine.
pub(super) const FILE: (&str, &str) = (BRIDGE_VARIABLE, BRIDGE_PATH);

/// How long SQS waits for a message at most, in seconds.
const LONGEST_WAIT: u64 = 20;

/// The longest pause between two polls, in seconds (requirements.md D-72).
const MINUTE: u64 = 60;

/// The configuration of the bridge.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct BridgeConfig {
    /// The space's repository.
    pub space: Option<PathBuf>,
    /// The folder of the doors' journals; by default `journal` in the repository's own folder.
    pub journal: Option<PathBuf>,
    /// The facilities whose messages are for this bridge; by default all of the space.
    pub facilities: Option<BTreeSet<Slug>>,
    /// The longest time between two polls, in seconds.
    pub poll_seconds: u64,
    /// How long a poll waits for a message to arrive, in seconds; 0 means not at all.
    pub wait_seconds: u64,
    /// What the messages go through; by default folders.
    pub queue: QueueConfig,
    /// What tells both directions apart if they use the same queue.
    pub groups: Option<Groups>,
    /// Whether messages are received: a bridge beside a door whose records come from elsewhere only
    /// sends.
    pub receive: bool,
    /// Whether activities are sent.
    pub send: bool,
    /// The moment from which on activities are sent, as a new bridge begins; by default then.
    pub since: Option<Timestamp>,
    /// The file with the state of the running bridge; by default beside the key.
    pub status: Option<PathBuf>,
}

/// What messages go through.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub enum QueueConfig {
    /// Folders of JSON files.
    Folder(Folders),
    /// Queues of AWS SQS.
    Sqs(SqsQueues),
    /// The memory of this process, for rehearsals.
    Memory {},
}

/// Folders that messages go through.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Folders {
    /// Where messages come in; by default `messages/in` in the repository's own folder.
    pub incoming: Option<PathBuf>,
    /// Where activities go out; by default `messages/out` in the repository's own folder.
    pub outgoing: Option<PathBuf>,
}

/// Queues of SQS. The credentials come from where AWS's own programs look for them.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SqsQueues {
    /// The URL of the queue that messages come in through.
    pub incoming: String,
    /// The URL of the queue that activities go out through.
    pub outgoing: String,
    /// The region; by default the one in the URL, or where AWS's own programs look for it.
    pub region: Option<String>,
    /// The URL of the service, if it is not AWS.
    pub endpoint: Option<String>,
}

/// The groups of messages in a queue that both directions use.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Groups {
    /// The group of the messages that are for us.
    pub incoming: String,
    /// The group of our activities.
    pub outgoing: String,
}

impl Default for QueueConfig {
    fn default() -> Self {
        Self::Folder(Folders::default())
    }
}

impl Default for BridgeConfig {
    fn default() -> Self {
        Self {
            space: None,
            journal: None,
            facilities: None,
            poll_seconds: MINUTE,
            wait_seconds: LONGEST_WAIT,
            queue: QueueConfig::default(),
            groups: None,
            receive: true,
            send: true,
            since: None,
            status: None,
        }
    }
}

impl BridgeConfig {
    /// Reads this machine's configuration; if there is none, messages go through folders.
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
        super::path_of(BRIDGE_VARIABLE, BRIDGE_PATH).map(|path| Self::read(&path)).transpose()
    }

    /// Reads a file and checks it.
    ///
    /// # Errors
    /// It cannot be read, is not TOML, has an unknown key, or describes queues that cannot work.
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
        let findings = check(path, &config);
        if findings.is_empty() { Ok(config) } else { Err(findings) }
    }

    /// Tells whether a message is for us, judging by its group. If both directions have their own
    /// queue, every one is.
    #[must_use]
    pub fn is_ours(&self, group: Option<&str>) -> bool {
        self.groups.as_ref().is_none_or(|it| group == Some(it.incoming.as_str()))
    }

    /// Returns the group of an activity at a facility.
    #[must_use]
    pub fn outgoing_group<'c>(&'c self, facility: &'c str) -> &'c str {
        self.groups.as_ref().map_or(facility, |it| it.outgoing.as_str())
    }

    /// Tells whether messages are received in the order in which they were sent.
    #[must_use]
    pub fn keeps_order(&self) -> bool {
        match &self.queue {
            QueueConfig::Sqs(it) => it.incoming.ends_with(".fifo"),
            QueueConfig::Folder(_) | QueueConfig::Memory {} => true,
        }
    }

    /// Tells whether nobody but us notices that a message was received and is not deleted yet.
    #[must_use]
    pub const fn hides_from_nobody(&self) -> bool {
        !matches!(self.queue, QueueConfig::Sqs(_))
    }

    /// Tells whether both directions use the same queue.
    fn is_single(&self) -> bool {
        match &self.queue {
            QueueConfig::Folder(it) => it.incoming.is_some() && it.incoming == it.outgoing,
            QueueConfig::Sqs(it) => it.incoming == it.outgoing,
            QueueConfig::Memory {} => false,
        }
    }
}

fn check(path: &Path, config: &BridgeConfig) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut find = |message: String| {
        findings.push(Finding::error(FindingCode::BadBridge, path.display(), message));
    };
    if !(1..=MINUTE).contains(&config.poll_seconds) {
        find(format!("poll_seconds is {}: use 1 to {MINUTE}", config.poll_seconds));
    }
    if config.wait_seconds > LONGEST_WAIT {
        find(format!("wait_seconds is {}: use 0 to {LONGEST_WAIT}", config.wait_seconds));
    }
    if !config.receive && !config.send {
        find(
            "receive and send are both false, so there is nothing to do: remove one of them".into(),
        );
    }
    if config.facilities.as_ref().is_some_and(BTreeSet::is_empty) {
        find(
            "facilities is empty, so no message would be for this bridge: remove it for all".into(),
        );
    }
    match (&config.groups, config.is_single()) {
        (None, true) => find(
            "both directions use the same queue: add [groups], so that they can be told apart"
                .into(),
        ),
        (Some(_), false) => {
            find("[groups] is for a queue that both directions use: remove it".into());
        }
        (Some(groups), true) if groups.incoming == groups.outgoing => {
            find("groups: incoming and outgoing are the same".into());
        }
        _ => {}
    }
    for group in config.groups.iter().flat_map(|it| [&it.incoming, &it.outgoing]) {
        if let Err(why) = group.parse::<Slug>() {
            find(format!("groups: {why}"));
        }
    }
    if let QueueConfig::Sqs(sqs) = &config.queue {
        let urls = [("incoming", Some(&sqs.incoming)), ("outgoing", Some(&sqs.outgoing))];
        for (key, url) in urls.into_iter().chain([("endpoint", sqs.endpoint.as_ref())]) {
            if let Some(why) = url.and_then(|url| complaint(url)) {
                find(format!("queue.sqs.{key}: {why}"));
            }
        }
    }
    findings
}

/// Describes what is wrong with a URL; `None` if nothing is.
fn complaint(url: &str) -> Option<String> {
    let encrypted = url.strip_prefix("https://");
    let Some(rest) = encrypted.or_else(|| url.strip_prefix("http://")) else {
        let url = crate::domain::model::text::shown(url);
        return Some(format!("`{url}` is not a URL that starts with https://"));
    };
    let host = rest.split('/').next().unwrap_or_default();
    let here = ["localhost", "127.0.0.1", "[::1]"].into_iter().any(|name| {
        host.strip_prefix(name).is_some_and(|port| port.is_empty() || port.starts_with(':'))
    });
    (encrypted.is_none() && !here).then(|| "http:// is for this machine only: use https://".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<BridgeConfig, String> {
        BridgeConfig::parse(Path::new("bridge.toml"), text).map_err(|findings| {
            findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
        })
    }

    const AWS: &str = "https://sqs.eu-west-1.amazonaws.com/123456789012";

    #[test]
    fn nothing_needs_to_be_said() {
        let config = read("").unwrap();
        assert_eq!(config, BridgeConfig::default());
        assert_eq!((config.poll_seconds, config.wait_seconds), (60, 20));
        assert!(config.is_ours(None) && config.is_ours(Some("x")));
        assert_eq!(config.outgoing_group("frontdoor"), "frontdoor");
        assert!(read("[queue.memory]\n").is_ok() && read("[queue.folder]\n").is_ok());
    }

    #[test]
    fn one_queue_has_a_group_for_each_direction() {
        let text = format!(
            "[queue.sqs]\nincoming = \"{AWS}/a.fifo\"\noutgoing = \"{AWS}/a.fifo\"\n\
             [groups]\nincoming = \"doors\"\noutgoing = \"activities\"\n"
        );
        let config = read(&text).unwrap();
        assert!(config.is_ours(Some("doors")));
        assert!(!config.is_ours(Some("activities")) && !config.is_ours(None));
        assert_eq!(config.outgoing_group("frontdoor"), "activities");
    }

    #[test]
    fn what_cannot_be_is_told() {
        let sqs = |incoming: &str, outgoing: &str| {
            format!("[queue.sqs]\nincoming = \"{incoming}\"\noutgoing = \"{outgoing}\"\n")
        };
        let groups =
            |a: &str, b: &str| format!("[groups]\nincoming = \"{a}\"\noutgoing = \"{b}\"\n");
        let one = "[queue.folder]\nincoming = \"/a\"\noutgoing = \"/a\"\n";
        for (text, word) in [
            ("poll_seconds = 0\n".to_owned(), "1 to 60"),
            ("poll_seconds = 61\n".to_owned(), "1 to 60"),
            ("wait_seconds = 21\n".to_owned(), "0 to 20"),
            ("receive = false\nsend = false\n".to_owned(), "nothing to do"),
            ("since = \"yesterday\"\n".to_owned(), ":1:9"),
            ("facilities = []\n".to_owned(), "remove it for all"),
            ("facilities = [\"Front Door\"]\n".to_owned(), ":1:"),
            (one.to_owned(), "add [groups]"),
            (format!("{one}{}", groups("a", "a")), "are the same"),
            (format!("{one}{}", groups("a", "b c")), "not a valid short name"),
            (groups("a", "b"), "remove it"),
            (sqs(&format!("{AWS}/a"), "doors"), "queue.sqs.outgoing: `doors` is not a URL"),
            (sqs(&format!("{AWS}/a"), "http://sqs.example.org/1/b"), "use https://"),
            (sqs(&format!("{AWS}/a"), "http://localhost.example.org/1/b"), "use https://"),
            (sqs(&format!("{AWS}/a"), &format!("{AWS}/a")), "add [groups]"),
            ("[queue.sqs]\nincoming = \"x\"\n".to_owned(), "outgoing"),
            ("[queue.folder]\n[queue.memory]\n".to_owned(), ":1:"),
            ("[queue.carrier-pigeon]\n".to_owned(), "pigeon"),
        ] {
            let said = read(&text).unwrap_err();
            assert!(said.contains(word), "{text}: {said}");
        }
        let local = "http://localhost:5000/1/a";
        assert!(read(&sqs(local, "http://127.0.0.1/1/b")).is_ok());
    }
}
