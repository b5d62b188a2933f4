//! One attempt at a facility or other event there, as the journal keeps it (requirements.md D-60).

use std::fmt;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CommitId, CredentialType, MemberId, Priority, Reason, Slug, Tag, text};

/// The result of an activity: one of the three results of an attempt, or that it was not one.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum AccessResult {
    /// The facility was opened.
    Granted,
    /// The facility stayed as it was.
    Denied,
    /// Somebody left.
    Exit,
    /// Not an attempt: a door was operated by hand, or a tool was in use.
    Operated,
}

impl AccessResult {
    /// Returns the stable name: `granted`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Granted => "granted",
            Self::Denied => "denied",
            Self::Exit => "exit",
            Self::Operated => "operated",
        }
    }
}

impl fmt::Display for AccessResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// One line of the journal; empty fields are left out.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Activity {
    /// When it happened.
    pub time: Timestamp,
    /// Where it happened.
    pub facility: Slug,
    /// Who it was; written `unknown` if nobody holds the credential.
    #[serde(with = "who")]
    #[schemars(with = "who::Spelling")]
    pub member: Option<MemberId>,
    /// The outcome.
    pub result: AccessResult,
    /// The reason for the outcome.
    pub reason: Reason,
    /// The credential that was matched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tag: Option<Tag>,
    /// Fob or passcode; `None` if no credential was read, as with a button.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<CredentialType>,
    /// The number of a fob that nobody holds, so that it can be enrolled; never a passcode.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fob: Option<String>,
    /// The commit that the decision was based on.
    pub commit: CommitId,
    /// The priority of the credential.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    /// The priority that the facility required.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required: Option<Priority>,
    /// The reader or other device that reported it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reader: Option<String>,
    /// Who requested it by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// When it ends by itself, if it was done by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// For how long a tool has been in use, in seconds; a later report of the same use includes the
    /// earlier ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds: Option<u64>,
    /// Whether the clock was in doubt, so that the time may be wrong.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub doubted: bool,
    /// Whether it happened while the clock was pinned, and so at no real time.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub rehearsal: bool,
}

impl Activity {
    /// Makes an activity of which nothing else is known; the commit is none.
    #[must_use]
    pub fn new(time: Timestamp, facility: Slug, result: AccessResult, reason: Reason) -> Self {
        Self {
            time,
            facility,
            member: None,
            result,
            reason,
            tag: None,
            kind: None,
            fob: None,
            commit: CommitId::default(),
            priority: None,
            required: None,
            reader: None,
            by: None,
            until: None,
            seconds: None,
            doubted: false,
            rehearsal: false,
        }
    }

    /// Tells whether it says what the time must have been.
    #[must_use]
    pub const fn has_reliable_time(&self) -> bool {
        !self.doubted && !self.rehearsal
    }

    /// Corrects the result of a line that an earlier version wrote: it recorded `granted` or `exit`
    /// for what was done by hand.
    #[must_use]
    pub fn modernised(self) -> Self {
        let result = if self.reason.is_operation() { AccessResult::Operated } else { self.result };
        Self { result, ..self }
    }

    /// Tells whether somebody attempted to pass: with a credential, or by the button inside.
    /// Alarms, what was done by hand, and the use of a tool are not attempts.
    #[must_use]
    pub fn is_attempt(&self) -> bool {
        let by_person = self.kind.is_some() || self.reason == Reason::RequestToExit;
        by_person && !self.reason.is_operation()
    }

    /// Returns the reason in words, with how long a tool was in use: `the tool was used (0:08:00)`.
    #[must_use]
    pub fn why(&self) -> String {
        let words = self.reason.words();
        match self.seconds {
            Some(seconds) => {
                let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
                format!("{words} ({hours}:{minutes:02}:{seconds:02})")
            }
            None => words.to_owned(),
        }
    }

    /// Describes who it was if no member is known: `unknown fob 15408774`.
    #[must_use]
    pub fn stranger(&self) -> String {
        match (self.kind, &self.fob, &self.by) {
            (Some(CredentialType::Fob), Some(number), _) => format!("unknown fob {number}"),
            (Some(kind), ..) => format!("unknown {kind}"),
            (None, _, Some(by)) => text::shown(by),
            (None, ..) => "somebody".to_owned(),
        }
    }
}

mod who {
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    use super::MemberId;
    use crate::domain::model::text_schema::written_as;

    written_as!(
        Spelling,
        r"^([0-9]{4,12}|unknown)$",
        "The number of a member, or `unknown` if nobody holds the credential."
    );

    /// The schema of who it was.
    pub(super) struct Spelling;

    #[expect(clippy::ref_option, reason = "the shape that serde calls")]
    pub(super) fn serialize<S: Serializer>(
        who: &Option<MemberId>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match who {
            Some(id) => serializer.collect_str(id),
            None => serializer.serialize_str("unknown"),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<MemberId>, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        if text == "unknown" {
            return Ok(None);
        }
        text.parse().map(Some).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_an_earlier_version_is_read_and_written_without_what_is_empty() {
        let (id, rest) = ("01".repeat(20), "\"fob\":null,\"priority\":null,\"required\":null");
        let old = format!(
            "{{\"time\":\"2026-01-15T18:00:00Z\",\"facility\":\"laser\",\"member\":\"unknown\",\
             \"result\":\"denied\",\"reason\":\"unknown-credential\",\"tag\":null,\
             \"type\":\"passcode\",\"commit\":\"{id}\",{rest}}}"
        );
        let read: Activity = serde_json::from_str(&old).unwrap();
        assert_eq!((read.kind, read.doubted), (Some(CredentialType::Passcode), false));
        assert!(
            read.has_reliable_time()
                && !Activity { rehearsal: true, ..read.clone() }.has_reliable_time()
        );
        let new = serde_json::to_string(&read).unwrap();
        assert!(!new.contains("null") && !new.contains("doubted"), "{new}");
        assert_eq!(serde_json::from_str::<Activity>(&new).unwrap(), read);
    }

    #[test]
    fn an_activity_without_a_credential_says_who_asked() {
        let line = "{\"time\":\"2026-01-15T18:00:00Z\",\"facility\":\"laser\",\
                    \"member\":\"unknown\",\"result\":\"operated\",\"reason\":\"manual-unlock\",\
                    \"commit\":\"0000000000000000000000000000000000000000\",\"by\":\"pi\"}";
        let read: Activity = serde_json::from_str(line).unwrap();
        assert_eq!((read.kind, read.reason), (None, Reason::ManualUnlock));
        assert_eq!(read.stranger(), "pi");
        assert_eq!(serde_json::to_string(&read).unwrap(), line);
        assert_eq!(Activity { by: None, ..read }.stranger(), "somebody");
    }
}
