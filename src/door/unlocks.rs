//! What keeps a door unlocked for a moment: each unlock ends at its own time.

use jiff::{SignedDuration, Timestamp};

use crate::domain::model::CodeHash;

/// The current unlocks of one door.
#[derive(Debug, Default)]
pub(super) struct Unlocks(Vec<Unlock>);

#[derive(Debug)]
struct Unlock {
    cause: Cause,
    at: Timestamp,
    until: Timestamp,
}

/// What a door was unlocked by.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Cause {
    /// The credential with this code.
    Credential(CodeHash),
    /// The button inside.
    Button,
    /// A person who asked this machine.
    Hand,
}

impl Unlocks {
    /// Adds one.
    pub(super) fn add(&mut self, cause: Cause, now: Timestamp, duration: SignedDuration) {
        let until = now.saturating_add(duration).unwrap_or(now);
        self.0.push(Unlock { cause, at: now, until });
    }

    /// Ends those of one cause: whoever holds the credential went out, say.
    pub(super) fn end(&mut self, cause: Cause) {
        self.0.retain(|unlock| unlock.cause != cause);
    }

    /// Ends all.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// Moves all of them back, since time has passed that was not told.
    pub(super) fn move_back(&mut self, lag: SignedDuration) {
        for unlock in &mut self.0 {
            let moved = |at: Timestamp| at.saturating_sub(lag).unwrap_or(Timestamp::MIN);
            (unlock.at, unlock.until) = (moved(unlock.at), moved(unlock.until));
        }
    }

    /// Removes those that are over. One that starts in the future means that the clock was set
    /// back: it ends now rather than hours later.
    pub(super) fn expire(&mut self, now: Timestamp) {
        self.0.retain(|unlock| unlock.at <= now && now < unlock.until);
    }

    /// Returns the end of the last one, if any.
    pub(super) fn last_end(&self) -> Option<Timestamp> {
        self.0.iter().map(|unlock| unlock.until).max()
    }

    /// Returns the end of the next one to end.
    pub(super) fn first_end(&self) -> Option<Timestamp> {
        self.0.iter().map(|unlock| unlock.until).min()
    }
}
