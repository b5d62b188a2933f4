//! A time zone, and how the times of a calendar become instants in it.

use jiff::{
    Timestamp,
    civil::DateTime,
    tz::{AmbiguousOffset, TimeZone},
};

/// A zone, and the first local time from which its rules are known.
#[derive(Clone, Debug)]
pub(super) struct Zone {
    pub(super) rules: TimeZone,
    pub(super) since: DateTime,
}

impl Zone {
    pub(super) const fn of_all_time(rules: TimeZone) -> Self {
        Self { rules, since: DateTime::MIN }
    }

    /// Resolves an explicit time: a skipped one is read as if the clocks had not changed yet, a
    /// repeated one as the first (RFC 5545 §3.3.5).
    pub(super) fn instant(&self, at: DateTime) -> Option<Timestamp> {
        self.rules.to_ambiguous_timestamp(at).compatible().ok()
    }

    /// Resolves a time produced by a rule: a skipped one does not take place (RFC 5545 §3.3.10).
    pub(super) fn instance(&self, at: DateTime) -> Option<Timestamp> {
        let ambiguous = self.rules.to_ambiguous_timestamp(at);
        match ambiguous.offset() {
            AmbiguousOffset::Gap { .. } => None,
            _ => ambiguous.compatible().ok(),
        }
    }

    /// Returns the first instant of a day; for a skipped day, that of the next.
    pub(super) fn midnight(&self, day: jiff::civil::Date) -> Option<Timestamp> {
        self.instant(day.to_datetime(jiff::civil::Time::midnight()))
    }
}
