//! Moments as people read them.

use jiff::{Timestamp, tz::TimeZone};

/// Returns a moment as people read it, in a zone.
#[must_use]
pub fn local(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%a %Y-%m-%d %H:%M").to_string()
}
