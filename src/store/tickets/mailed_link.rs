//! A link in a mail to a member.

use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Ticket, Tickets};
use crate::{domain::model::MemberId, store::Store};

/// How long a link can be followed.
const LENGTH: SignedDuration = SignedDuration::from_hours(24);

/// How many links of a member wait to be followed; a further one ends the oldest.
const MOST: usize = 6;

/// A link that can be followed once.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MailedLink {
    /// Who got it.
    pub member: MemberId,
    /// The first instant at which it leads nowhere.
    pub until: Timestamp,
    /// Where it leads.
    pub purpose: LinkPurpose,
}

/// Where a link leads.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LinkPurpose {
    /// It logs the member in.
    Login,
    /// It confirms a new e-mail address, at one of its ends.
    Address {
        /// The new address.
        new: String,
        /// The address on record when it was asked for; nothing happens if it has changed since.
        old: String,
        /// Which of both this link went to.
        end: AddressEnd,
        /// Whether the other end has confirmed it.
        other_confirmed: bool,
    },
}

/// One end of a change of address.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AddressEnd {
    /// The address on record.
    Old,
    /// The new one.
    New,
}

impl MailedLink {
    /// Makes one that can be followed from now on, for a day.
    #[must_use]
    pub fn new(member: MemberId, purpose: LinkPurpose, now: Timestamp) -> Self {
        let until = now.checked_add(LENGTH).unwrap_or(Timestamp::MAX);
        Self { member, until, purpose }
    }
}

impl Ticket for MailedLink {
    const MOST: usize = MOST;

    fn member(&self) -> MemberId {
        self.member
    }

    fn until(&self) -> Timestamp {
        self.until
    }
}

impl Store {
    /// Returns the links in mails to members.
    #[must_use]
    pub fn mailed_links(&self) -> Tickets<MailedLink> {
        Tickets::new(self.dir().join("links"))
    }
}
