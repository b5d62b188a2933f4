//! How old the records are that a machine decides by.

use jiff::{SignedDuration, Timestamp};

use crate::domain::model::{Activity, Reason};

/// What a machine knows about the age of its records.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Freshness {
    /// Until when they are known to have been current; `None` before anybody has said so.
    heard: Option<Timestamp>,
    /// The age from which it is told.
    longest: Option<SignedDuration>,
    /// Whether it was told that they are old.
    told: bool,
}

impl Freshness {
    /// Starts without knowing anything.
    pub(super) const fn new(longest: Option<SignedDuration>) -> Self {
        Self { heard: None, longest, told: false }
    }

    /// Learns until when they are known to have been current.
    pub(super) const fn hear(&mut self, at: Timestamp) {
        self.heard = Some(at);
    }

    /// Remembers from the journal what was told last.
    pub(super) fn remember(&mut self, activity: &Activity) {
        match activity.reason {
            Reason::RecordsOld => self.told = true,
            Reason::RecordsCurrent => self.told = false,
            _ => {}
        }
    }

    /// Returns their age; nothing is old of which nothing is known.
    pub(super) fn age(&self, now: Timestamp) -> SignedDuration {
        self.heard.map_or(SignedDuration::ZERO, |heard| now.duration_since(heard))
    }

    /// Returns what has to be told, once: that they are old, or that they are current again.
    pub(super) fn news(&mut self, now: Timestamp) -> Option<Reason> {
        self.heard?;
        let old = self.longest.is_some_and(|longest| self.age(now) > longest);
        if old == self.told {
            return None;
        }
        self.told = old;
        Some(if old { Reason::RecordsOld } else { Reason::RecordsCurrent })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_old_is_told_once_and_so_is_its_end() {
        let at = |hours: i64| Timestamp::UNIX_EPOCH + SignedDuration::from_hours(hours);
        let mut freshness = Freshness::new(Some(SignedDuration::from_hours(24)));
        assert_eq!(freshness.news(at(100)), None, "nobody has said anything");
        freshness.hear(at(0));
        assert_eq!(freshness.news(at(24)), None);
        assert_eq!(freshness.news(at(25)), Some(Reason::RecordsOld));
        assert_eq!(freshness.news(at(26)), None);
        freshness.hear(at(26));
        assert_eq!(freshness.news(at(27)), Some(Reason::RecordsCurrent));
        let mut never = Freshness::new(None);
        never.hear(at(0));
        assert_eq!(never.news(at(10_000)), None);
    }
}
