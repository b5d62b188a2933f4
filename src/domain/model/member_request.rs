//! What a member asks the admins for. It is no record: it waits outside the history until somebody
//! decides.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{MemberId, OwnChange};

/// Something that somebody of the space has to agree to.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MemberRequest {
    /// Who asks.
    pub member: MemberId,
    /// For what.
    pub what: Asked,
}

/// What is asked for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Asked {
    /// Changes that members may not make themselves.
    Change(OwnChange),
    /// To leave; the day is the first one without membership.
    Leave(Date),
}

impl Asked {
    /// Tells whether both are of one kind, so that the later one takes the place of the other.
    #[must_use]
    pub const fn is_like(&self, other: &Self) -> bool {
        matches!(
            (self, other),
            (Self::Change(_), Self::Change(_)) | (Self::Leave(_), Self::Leave(_))
        )
    }
}
