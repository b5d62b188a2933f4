//! What is known when messages arrive, besides the records.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use crate::domain::model::{Slug, SpaceKey};

/// The circumstances in which messages are received.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    /// The key that codes are hashed with.
    pub key: &'a SpaceKey,
    /// The facilities that this bridge serves; all of the space if `None`.
    pub facilities: Option<&'a BTreeSet<Slug>>,
    /// The current time.
    pub now: Timestamp,
    /// How long after it was sent a message that contradicts the records may wait for an earlier
    /// one that is still under way; zero if the queue keeps the order.
    pub patience: SignedDuration,
}
