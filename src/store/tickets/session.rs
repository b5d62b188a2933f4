//! The session of a member in one browser.

use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Ticket, Tickets};
use crate::{domain::model::MemberId, store::Store};

/// How long a session lasts.
const LENGTH: SignedDuration = SignedDuration::from_hours(30 * 24);

/// How many sessions a member may have; a further one ends the oldest.
const MOST: usize = 20;

/// A session.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Session {
    /// Whose it is.
    pub member: MemberId,
    /// When it began.
    pub begun: Timestamp,
    /// The first instant at which it no longer counts.
    pub until: Timestamp,
    /// How they logged in: the name of a provider, or `mail`.
    pub by: String,
}

impl Session {
    /// Makes one that begins now.
    #[must_use]
    pub fn new(member: MemberId, by: impl Into<String>, now: Timestamp) -> Self {
        let until = now.checked_add(LENGTH).unwrap_or(Timestamp::MAX);
        Self { member, begun: now, until, by: by.into() }
    }
}

impl Ticket for Session {
    const MOST: usize = MOST;

    fn member(&self) -> MemberId {
        self.member
    }

    fn until(&self) -> Timestamp {
        self.until
    }
}

impl Store {
    /// Returns the sessions of members.
    #[must_use]
    pub fn sessions(&self) -> Tickets<Session> {
        Tickets::new(self.dir().join("sessions"))
    }
}
