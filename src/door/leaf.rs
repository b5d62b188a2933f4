//! Whether a door stands open, and whether it may.

use jiff::{SignedDuration, Timestamp};

use crate::domain::model::Reason;

/// How long after locking a door may still be pulled open, by somebody already at it.
const GRACE: SignedDuration = SignedDuration::from_secs(2);

/// What the contact at a door reports.
#[derive(Debug, Default)]
pub(super) struct Leaf {
    /// `None` before the contact has reported, and while its device is lost.
    open: Option<bool>,
    /// Since when the door has been standing open although it is locked.
    open_since: Option<Timestamp>,
    /// Whether that was reported.
    reported: bool,
    /// When the door was last unlocked.
    unlocked: Option<Timestamp>,
}

impl Leaf {
    /// Processes a report of the contact; returns a reason if the door was opened without
    /// permission.
    pub(super) fn set_open(
        &mut self,
        open: bool,
        unlocked: bool,
        now: Timestamp,
    ) -> Option<Reason> {
        let was = self.open.replace(open);
        if !open {
            (self.open_since, self.reported) = (None, false);
            return None;
        }
        let lately = self.unlocked.is_some_and(|at| at <= now && now.duration_since(at) <= GRACE);
        (was == Some(false) && !unlocked && !lately).then_some(Reason::ForcedOpen)
    }

    /// Called when the contact's device is lost.
    pub(super) fn lose(&mut self) {
        (self.open, self.open_since, self.reported) = (None, None, false);
    }

    /// Called as time passes; returns a reason once if the door stands open for too long.
    pub(super) fn tick(
        &mut self,
        unlocked: bool,
        limit: Option<SignedDuration>,
        now: Timestamp,
    ) -> Option<Reason> {
        if unlocked {
            (self.unlocked, self.open_since) = (Some(now), None);
        } else if self.open == Some(true) {
            self.open_since.get_or_insert(now);
        }
        let late = self.limit_end(limit).is_some_and(|end| end <= now);
        (late && !std::mem::replace(&mut self.reported, true)).then_some(Reason::HeldOpen)
    }

    /// Returns when the door will have stood open for too long.
    pub(super) fn next_change(&self, limit: Option<SignedDuration>) -> Option<Timestamp> {
        self.limit_end(limit).filter(|_| !self.reported)
    }

    /// Tells whether the door stands open, if known.
    pub(super) const fn is_open(&self) -> Option<bool> {
        self.open
    }

    fn limit_end(&self, limit: Option<SignedDuration>) -> Option<Timestamp> {
        self.open_since?.saturating_add(limit?).ok()
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
        assert_eq!(leaf.set_open(true, false, at(0)), None, "nobody knows how long it was open");
        leaf.set_open(false, false, at(1));
        assert_eq!(leaf.set_open(true, false, at(2)), Some(Reason::ForcedOpen));
        leaf.set_open(false, false, at(3));
        leaf.tick(true, LIMIT, at(4));
        assert_eq!(leaf.set_open(true, true, at(5)), None);
        leaf.set_open(false, false, at(6));
        leaf.tick(true, LIMIT, at(10));
        assert_eq!(leaf.set_open(true, false, at(12)), None, "a hand was on it");
        leaf.set_open(false, false, at(12));
        assert_eq!(leaf.set_open(true, false, at(13)), Some(Reason::ForcedOpen));
    }

    #[test]
    fn held_open_is_reported_once_each_time() {
        let mut leaf = Leaf::default();
        for start in [0, 1000] {
            leaf.set_open(false, false, at(start));
            leaf.tick(true, LIMIT, at(start));
            leaf.set_open(true, true, at(start + 1));
            assert_eq!(leaf.tick(true, LIMIT, at(start + 500)), None, "it is held unlocked");
            assert_eq!(leaf.tick(false, LIMIT, at(start + 501)), None);
            assert_eq!(leaf.next_change(LIMIT), Some(at(start + 561)));
            assert_eq!(leaf.tick(false, LIMIT, at(start + 560)), None);
            assert_eq!(leaf.tick(false, LIMIT, at(start + 561)), Some(Reason::HeldOpen));
            assert_eq!(leaf.tick(false, LIMIT, at(start + 700)), None);
            assert_eq!(leaf.next_change(LIMIT), None);
        }
        leaf.lose();
        assert_eq!((leaf.tick(false, LIMIT, at(5000)), leaf.is_open()), (None, None));
    }

    #[test]
    fn without_a_limit_it_may_stand_open() {
        let mut leaf = Leaf::default();
        leaf.set_open(true, false, at(0));
        leaf.tick(false, None, at(0));
        assert_eq!((leaf.tick(false, None, at(9_999_999)), leaf.next_change(None)), (None, None));
    }
}
