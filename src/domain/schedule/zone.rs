//! A time zone, and how the times of a calendar become instants in it.

use jiff::{
    Timestamp,
    civil::DateTime,
    tz::{AmbiguousOffset, TimeZone},
};

/// A zone, and the first wall-clock time from which its rules are known.
#[derive(Clone, Debug)]
pub(super) struct Zone {
    pub(super) rules: TimeZone,
    pub(super) since: DateTime,
}

impl Zone {
    pub(super) const fn of_all_time(rules: TimeZone) -> Self {
        Self { rules, since: DateTime::MIN }
    }

    /// Resolves a time that someone wrote: skipped ones are read as if the clocks had not been
    /// changed yet, of repeated ones it is the first (RFC 5545 §3.3.5).
    pub(super) fn instant(&self, at: DateTime) -> Option<Timestamp> {
        self.rules.to_ambiguous_timestamp(at).compatible().ok()
    }

    /// Resolves a time that a rule names: skipped ones do not happen (RFC 5545 §3.3.10).
    pub(super) fn instance(&self, at: DateTime) -> Option<Timestamp> {
        let ambiguous = self.rules.to_ambiguous_timestamp(at);
        match ambiguous.offset() {
            AmbiguousOffset::Gap { .. } => None,
            _ => ambiguous.compatible().ok(),
        }
    }

    /// Returns the first instant of a day; of a day that was skipped, that of the next.
    pub(super) fn midnight(&self, day: jiff::civil::Date) -> Option<Timestamp> {
        self.instant(day.to_datetime(jiff::civil::Time::midnight()))
    }
}
