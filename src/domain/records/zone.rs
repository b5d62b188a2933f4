//! The time zone of a space.

use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};

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

/// Returns the last moment of a local day.
#[must_use]
pub fn last_moment(day: Date, zone: &TimeZone) -> Timestamp {
    let next = day.tomorrow().ok().and_then(|next| next.to_zoned(zone.clone()).ok());
    let last = next.and_then(|next| next.timestamp().checked_sub(NANOSECOND).ok());
    last.unwrap_or(Timestamp::MAX)
}

const NANOSECOND: SignedDuration = SignedDuration::from_nanos(1);

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_day_ends_where_the_next_begins() {
        let zone = TimeZone::get("Europe/London").unwrap();
        let summer = last_moment(date(2026, 7, 1), &zone).to_string();
        assert_eq!(summer, "2026-07-01T22:59:59.999999999Z");
        assert_eq!(last_moment(Date::MAX, &zone), Timestamp::MAX);
    }
}
