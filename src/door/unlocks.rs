//! What keeps a door unlocked for a moment: each unlock ends at its own time.

use jiff::{SignedDuration, Timestamp};

use crate::domain::model::CodeHash;

/// The current unlocks of one door.
#[derive(Debug, Default)]
pub(super) struct Unlocks(Vec<Unlock>);

#[derive(Debug)]
struct Unlock {
    /// The credential's hash; `None` for a button or a person at the machine.
    hash: Option<CodeHash>,
    at: Timestamp,
    until: Timestamp,
}

impl Unlocks {
    /// Adds an unlock.
    pub(super) fn add(&mut self, hash: Option<CodeHash>, now: Timestamp, lasting: SignedDuration) {
        let until = now.saturating_add(lasting).unwrap_or(now);
        self.0.push(Unlock { hash, at: now, until });
    }

    /// Ends those of a credential, because its holder has left.
    pub(super) fn end(&mut self, hash: &CodeHash) {
        self.0.retain(|unlock| unlock.hash.as_ref() != Some(hash));
    }

    /// Ends all.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// Removes those that are over. One that starts in the future means that the clock was set
    /// back: it ends now rather than hours later.
    pub(super) fn expire(&mut self, now: Timestamp) {
        self.0.retain(|unlock| unlock.at <= now && now < unlock.until);
    }

    /// Returns the end of the last one, if any.
    pub(super) fn last(&self) -> Option<Timestamp> {
        self.0.iter().map(|unlock| unlock.until).max()
    }

    /// Returns the end of the next one to end.
    pub(super) fn next(&self) -> Option<Timestamp> {
        self.0.iter().map(|unlock| unlock.until).min()
    }
}
