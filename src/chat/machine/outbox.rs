//! What is remembered from one run to the next: what was taken on, and what has not arrived yet.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    domain::model::{CommitId, Slug},
    integrations::chat::{Button, To},
};

/// How long it is remembered that something was taken on. Nothing comes again after that time.
const LONGEST: SignedDuration = SignedDuration::from_hours(24 * 100);

/// What is remembered.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Outbox {
    /// Since when things are posted; what happened before is not.
    pub since: Option<Timestamp>,
    /// The commit up to which newcomers were looked for.
    pub commit: Option<CommitId>,
    /// What was taken on, and when.
    pub told: BTreeMap<String, Timestamp>,
    /// What is going on, so that it can be said that it is over.
    pub ongoing: BTreeMap<String, Ongoing>,
    /// What has not arrived yet, oldest first.
    pub waiting: Vec<Waiting>,
}

/// Something that is going on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Ongoing {
    /// Since when.
    pub since: Timestamp,
    /// What was said.
    pub words: String,
}

/// A post that has not arrived yet, as far as is known.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Waiting {
    /// What tells it from every other one, also at the chat.
    pub key: String,
    /// The chat.
    pub chat: Slug,
    /// Where it goes.
    pub place: Place,
    /// The text.
    pub text: String,
    /// What may be pressed below it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub buttons: Vec<Button>,
    /// When it was taken on.
    pub since: Timestamp,
    /// When it was sent without an answer: it may have arrived.
    #[serde(default)]
    pub sent: Option<Timestamp>,
    /// When it is tried again.
    #[serde(default)]
    pub next: Option<Timestamp>,
    /// Why it has not been posted.
    #[serde(default)]
    pub trouble: Option<String>,
}

/// Where a post goes.
#[derive(
    Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// A channel.
    Channel(String),
    /// One person alone.
    Person(String),
}

impl Place {
    /// Returns it for a log, which names nobody.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::Channel(name) => name.clone(),
            Self::Person(_) => "one person".to_owned(),
        }
    }

    /// Returns it as a chat wants it.
    #[must_use]
    pub fn to(&self) -> To {
        match self {
            Self::Channel(name) => To::Channel(name.clone()),
            Self::Person(account) => To::Person(account.clone()),
        }
    }
}

impl Outbox {
    /// Begins if nothing is remembered; tells whether that is so.
    pub(super) fn begin(&mut self, now: Timestamp) -> bool {
        let new = self.since.is_none();
        self.since.get_or_insert(now);
        new
    }

    /// Takes something on; tells whether it was not before.
    pub(super) fn take_on(&mut self, key: &str, now: Timestamp) -> bool {
        if self.told.contains_key(key) {
            return false;
        }
        self.told.insert(key.to_owned(), now);
        true
    }

    /// Forgets what was taken on long ago; tells whether there was anything.
    pub(super) fn forget(&mut self, now: Timestamp) -> bool {
        let before = self.told.len();
        self.told.retain(|_, at| now.duration_since(*at) < LONGEST);
        self.told.len() != before
    }
}
