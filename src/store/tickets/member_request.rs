//! What a member asks the admins for.

use jiff::{SignedDuration, Timestamp, civil::Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Ticket, Tickets};
use crate::{
    domain::model::{MemberId, OwnChange},
    store::Store,
};

/// How long a request waits.
const LENGTH: SignedDuration = SignedDuration::from_hours(90 * 24);

/// How many requests of a member wait.
const MOST: usize = 4;

/// Something that somebody of the space has to agree to.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MemberRequest {
    /// Who asks.
    pub member: MemberId,
    /// When.
    pub at: Timestamp,
    /// The first instant at which it is forgotten.
    pub until: Timestamp,
    /// For what.
    pub what: Asked,
}

/// What is asked for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
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

impl MemberRequest {
    /// Makes one.
    #[must_use]
    pub fn new(member: MemberId, what: Asked, now: Timestamp) -> Self {
        let until = now.checked_add(LENGTH).unwrap_or(Timestamp::MAX);
        Self { member, at: now, until, what }
    }
}

impl Ticket for MemberRequest {
    const MOST: usize = MOST;

    fn member(&self) -> MemberId {
        self.member
    }

    fn until(&self) -> Timestamp {
        self.until
    }
}

impl Store {
    /// Returns what members ask the admins for.
    #[must_use]
    pub fn member_requests(&self) -> Tickets<MemberRequest> {
        Tickets::new(self.dir().join("requests"))
    }
}
