//! What messages have said about a tag: `messages/tags/3f/<tag>.json`.
//!
//! A queue delivers messages more than once and in any order. These times tell whether a message is
//! new, and what it may still change.

use std::collections::BTreeMap;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CodeHash, CredentialType, Slug};

/// When messages about one tag were sent; nobody writes it by hand, and no decision looks at it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TagMessages {
    /// By facility, when its grant was given.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub activated: BTreeMap<Slug, Activated>,
    /// The code in the `activate` that was sent last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stated: Option<StatedCode>,
    /// When the credential was revoked at all facilities, for good.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revoked: Option<Timestamp>,
    /// When it was revoked at some facilities, for good.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub revoked_at: BTreeMap<Slug, Timestamp>,
    /// When the requirement was last set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requirement_set: Option<Timestamp>,
    /// When the requirement was last revoked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requirement_revoked: Option<Timestamp>,
}

/// When a grant was given.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Activated {
    /// By the message that was sent first.
    pub first: Timestamp,
    /// By the message that was sent last, which counts.
    pub last: Timestamp,
}

/// A code as messages stated it, before it was replaced.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StatedCode {
    /// Fob or passcode.
    #[serde(rename = "type")]
    pub kind: CredentialType,
    /// The keyed hash of the fob's number or passcode.
    pub code: CodeHash,
    /// When the first message that stated it was sent.
    pub first: Timestamp,
    /// When the last message that stated it was sent.
    pub last: Timestamp,
}

impl TagMessages {
    /// Notes when a grant was given.
    pub fn note_activation(&mut self, facility: &Slug, sent: Timestamp) {
        let new = Activated { first: sent, last: sent };
        let known = self.activated.entry(facility.clone()).or_insert(new);
        *known = Activated { first: known.first.min(sent), last: known.last.max(sent) };
    }

    /// Notes the code that a message stated, unless a later one stated another.
    pub fn note_code(&mut self, kind: CredentialType, code: CodeHash, sent: Timestamp) {
        match &mut self.stated {
            Some(known) if (known.kind, known.code) == (kind, code) => {
                (known.first, known.last) = (known.first.min(sent), known.last.max(sent));
            }
            Some(known) if sent <= known.last => {}
            stated => *stated = Some(StatedCode { kind, code, first: sent, last: sent }),
        }
    }

    /// Returns when the credential was first given, for any facility.
    #[must_use]
    pub fn first(&self) -> Option<Timestamp> {
        self.activated.values().map(|it| it.first).min()
    }
}
