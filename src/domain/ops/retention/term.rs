//! How long something may be kept.

use jiff::{SignedDuration, civil::Date};

/// Returns the day that many days later; the last day of the calendar at most.
pub(super) fn after(day: Date, days: u32) -> Date {
    let later = day.checked_add(SignedDuration::from_hours(24 * i64::from(days)));
    later.unwrap_or(Date::MAX)
}
