//! A stretch of time, and the stretch for which something is worked out.

use jiff::{SignedDuration, Timestamp};

/// One event: on from `start`, off again at `end`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Interval {
    /// The first instant of it.
    pub start: Timestamp,
    /// The first instant after it.
    pub end: Timestamp,
}

impl Interval {
    /// All of time.
    pub const ALWAYS: Self = Self { start: Timestamp::MIN, end: Timestamp::MAX };

    /// Tells whether an instant lies in it.
    #[must_use]
    pub fn contains(&self, at: Timestamp) -> bool {
        self.start <= at && at < self.end
    }
}

/// The stretch of time for which events are worked out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Window {
    /// The first instant of it.
    pub from: Timestamp,
    /// The first instant after it.
    pub until: Timestamp,
}

impl Window {
    /// Takes a day before an instant and a day after it: enough to answer for that instant.
    #[must_use]
    pub fn around(at: Timestamp) -> Self {
        let day = SignedDuration::from_hours(24);
        Self {
            from: at.saturating_sub(day).unwrap_or(Timestamp::MIN),
            until: at.saturating_add(day).unwrap_or(Timestamp::MAX),
        }
    }
}
