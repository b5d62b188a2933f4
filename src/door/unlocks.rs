//! What keeps a door unlocked for a moment: each unlock ends by its own time.

use jiff::{SignedDuration, Timestamp};

use crate::domain::model::CodeHash;

/// The unlocks of one door that have not ended.
#[derive(Debug, Default)]
pub(super) struct Unlocks(Vec<Unlock>);

#[derive(Debug)]
struct Unlock {
    /// Whose credential it was; nobody's, if it was a button or a person at the machine.
    hash: Option<CodeHash>,
    at: Timestamp,
    until: Timestamp,
}

impl Unlocks {
    /// Adds one.
    pub(super) fn add(&mut self, hash: Option<CodeHash>, now: Timestamp, lasting: SignedDuration) {
        let until = now.saturating_add(lasting).unwrap_or(now);
        self.0.push(Unlock { hash, at: now, until });
    }

    /// Ends those of a credential: whoever holds it went out.
    pub(super) fn end(&mut self, hash: &CodeHash) {
        self.0.retain(|unlock| unlock.hash.as_ref() != Some(hash));
    }

    /// Ends all.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// Forgets what is over. One from the future means that the clock was set back: it ends now,
    /// rather than some hours later.
    pub(super) fn expire(&mut self, now: Timestamp) {
        self.0.retain(|unlock| unlock.at <= now && now < unlock.until);
    }

    /// Returns until when the last of them lasts, if there is one.
    pub(super) fn last(&self) -> Option<Timestamp> {
        self.0.iter().map(|unlock| unlock.until).max()
    }

    /// Returns when the next of them ends.
    pub(super) fn next(&self) -> Option<Timestamp> {
        self.0.iter().map(|unlock| unlock.until).min()
    }
}
