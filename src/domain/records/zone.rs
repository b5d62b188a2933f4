//! The time zone of a space.

use jiff::tz::TimeZone;

use super::Records;
use crate::{
    domain::model::{Record, RecordPath},
    time_zones,
};

/// Returns the space's time zone; UTC if it is wrong, which a check of `space.json` reports.
#[must_use]
pub fn zone(records: &dyn Records) -> TimeZone {
    match records.record(&RecordPath::Space) {
        Some(Record::Space(space)) => time_zones::find(&space.time_zone).unwrap_or(TimeZone::UTC),
        _ => TimeZone::UTC,
    }
}
