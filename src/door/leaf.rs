//! Whether a door stands open, and whether it may.

use jiff::{SignedDuration, Timestamp};

use crate::domain::model::Reason;

/// How long after locking a door may still be pulled open, by somebody already at it.
const HAND: SignedDuration = SignedDuration::from_secs(2);

/// What the contact at a door reports.
#[derive(Debug, Default)]
pub(super) struct Leaf {
    /// `None` before the contact has reported, and while its device is lost.
    open: Option<bool>,
    /// Since when the door has been standing open although it is locked.
    since: Option<Timestamp>,
    /// Whether that was reported.
    told: bool,
    /// When the door was last unlocked.
    unlocked: Option<Timestamp>,
}

impl Leaf {
    /// Processes a report of the contact; returns a reason if the door was opened without leave.
    pub(super) fn moves(&mut self, open: bool, unlocked: bool, now: Timestamp) -> Option<Reason> {
        let was = self.open.replace(open);
        if !open {
            (self.since, self.told) = (None, false);
            return None;
        }
        let lately = self.unlocked.is_some_and(|at| at <= now && now.duration_since(at) <= HAND);
        (was == Some(false) && !unlocked && !lately).then_some(Reason::ForcedOpen)
    }

    /// Called when the contact's device is lost.
    pub(super) fn lose(&mut self) {
        (self.open, self.since, self.told) = (None, None, false);
    }

    /// Called as time passes; returns a reason once if the door stands open for too long.
    pub(super) fn wait(
        &mut self,
        unlocked: bool,
        limit: Option<SignedDuration>,
        now: Timestamp,
    ) -> Option<Reason> {
        if unlocked {
            (self.unlocked, self.since) = (Some(now), None);
        } else if self.open == Some(true) {
            self.since.get_or_insert(now);
        }
        let late = self.end(limit).is_some_and(|end| end <= now);
        (late && !std::mem::replace(&mut self.told, true)).then_some(Reason::HeldOpen)
    }

    /// Returns when the door will have stood open for too long.
    pub(super) fn next(&self, limit: Option<SignedDuration>) -> Option<Timestamp> {
        self.end(limit).filter(|_| !self.told)
    }

    /// Tells whether the door stands open, if known.
    pub(super) const fn is_open(&self) -> Option<bool> {
        self.open
    }

    fn end(&self, limit: Option<SignedDuration>) -> Option<Timestamp> {
        self.since?.saturating_add(limit?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_700_000_000 + seconds).unwrap()
    }

    const LIMIT: Option<SignedDuration> = Some(SignedDuration::from_secs(60));

    #[test]
    fn opened_without_leave_is_forced() {
        let mut leaf = Leaf::default();
        assert_eq!(leaf.moves(true, false, at(0)), None, "nobody knows how long it was open");
        leaf.moves(false, false, at(1));
        assert_eq!(leaf.moves(true, false, at(2)), Some(Reason::ForcedOpen));
        leaf.moves(false, false, at(3));
        leaf.wait(true, LIMIT, at(4));
        assert_eq!(leaf.moves(true, true, at(5)), None);
        leaf.moves(false, false, at(6));
        leaf.wait(true, LIMIT, at(10));
        assert_eq!(leaf.moves(true, false, at(12)), None, "a hand was on it");
        leaf.moves(false, false, at(12));
        assert_eq!(leaf.moves(true, false, at(13)), Some(Reason::ForcedOpen));
    }

    #[test]
    fn held_open_is_reported_once_each_time() {
        let mut leaf = Leaf::default();
        for start in [0, 1000] {
            leaf.moves(false, false, at(start));
            leaf.wait(true, LIMIT, at(start));
            leaf.moves(true, true, at(start + 1));
            assert_eq!(leaf.wait(true, LIMIT, at(start + 500)), None, "it is held unlocked");
            assert_eq!(leaf.wait(false, LIMIT, at(start + 501)), None);
            assert_eq!(leaf.next(LIMIT), Some(at(start + 561)));
            assert_eq!(leaf.wait(false, LIMIT, at(start + 560)), None);
            assert_eq!(leaf.wait(false, LIMIT, at(start + 561)), Some(Reason::HeldOpen));
            assert_eq!(leaf.wait(false, LIMIT, at(start + 700)), None);
            assert_eq!(leaf.next(LIMIT), None);
        }
        leaf.lose();
        assert_eq!((leaf.wait(false, LIMIT, at(5000)), leaf.is_open()), (None, None));
    }

    #[test]
    fn without_a_limit_it_may_stand_open() {
        let mut leaf = Leaf::default();
        leaf.moves(true, false, at(0));
        leaf.wait(false, None, at(0));
        assert_eq!((leaf.wait(false, None, at(9_999_999)), leaf.next(None)), (None, None));
    }
}
