//! One attempt at a facility, as the journal keeps it (`door-refactor.md` "Activity").

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{CommitId, CredentialType, MemberId, Priority, Reason, Slug, Tag};

/// The three results of a reading.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// The facility was opened.
    Granted,
    /// It stayed as it was.
    Denied,
    /// Somebody went out.
    Exit,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Granted => "granted",
            Self::Denied => "denied",
            Self::Exit => "exit",
        })
    }
}

/// One line of the journal.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Activity {
    /// When.
    pub time: Timestamp,
    /// Where.
    pub facility: Slug,
    /// Who; written `unknown` where nobody holds the credential.
    #[serde(with = "who")]
    pub member: Option<MemberId>,
    /// What became of it.
    pub result: Outcome,
    /// Why.
    pub reason: Reason,
    /// The credential that was matched.
    #[serde(default)]
    pub tag: Option<Tag>,
    /// Fob or passcode.
    #[serde(rename = "type")]
    pub kind: CredentialType,
    /// The number of a fob that nobody holds, so that it can be enrolled; never a passcode.
    #[serde(default)]
    pub fob: Option<String>,
    /// The commit by which it was decided.
    pub commit: CommitId,
    /// The priority of the credential.
    #[serde(default)]
    pub priority: Option<Priority>,
    /// The priority that the facility required.
    #[serde(default)]
    pub required: Option<Priority>,
}

mod who {
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    use super::MemberId;

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
