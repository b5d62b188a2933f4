//! The time zone of a space.

use jiff::tz::TimeZone;

use super::{AppError, look_up};
use crate::{
    domain::model::{Advice, Space},
    store::Revision,
    time_zones,
};

/// Returns the time zone of the space at a revision.
///
/// # Errors
/// Fails if `space.json` cannot be read, or names a zone that this machine does not know.
pub fn of(revision: &Revision<'_>) -> Result<TimeZone, AppError> {
    named(&look_up::space(revision)?)
}

/// Returns the time zone of the space, or UTC if it cannot be read: for commands that help to fix
/// exactly that.
#[must_use]
pub fn or_utc(revision: &Revision<'_>) -> TimeZone {
    of(revision).unwrap_or(TimeZone::UTC)
}

/// Returns the time zone that the settings name.
///
/// # Errors
/// Fails if this machine does not know the zone.
pub fn named(space: &Space) -> Result<TimeZone, AppError> {
    time_zones::find(&space.time_zone).ok_or_else(|| {
        AppError::data(format!("space.json: `{}` is not a known time zone", space.time_zone))
            .hint(Advice::SetZone)
    })
}
