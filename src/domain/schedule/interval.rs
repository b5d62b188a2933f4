//! A stretch of time, and a window for which events are expanded.

use jiff::{SignedDuration, Timestamp};

/// One event, from `start` until `end`.
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

    /// Tells whether it contains an instant.
    #[must_use]
    pub fn contains(&self, at: Timestamp) -> bool {
        self.start <= at && at < self.end
    }
}

/// The window of time for which events are expanded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Window {
    /// The first instant of it.
    pub from: Timestamp,
    /// The first instant after it.
    pub until: Timestamp,
}

impl Window {
    /// Returns the window from a day before an instant to a day after it: enough to answer for
    /// that instant.
    #[must_use]
    pub fn around(at: Timestamp) -> Self {
        let day = SignedDuration::from_hours(24);
        Self {
            from: at.saturating_sub(day).unwrap_or(Timestamp::MIN),
            until: at.saturating_add(day).unwrap_or(Timestamp::MAX),
        }
    }
}
