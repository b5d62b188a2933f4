//! Days and hours of a time zone, made of quarters of an hour.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};

use super::{Slice, Slices, slice};

/// Adds up the quarters of each local day; days without a word are missing.
#[must_use]
pub fn by_day(slices: &Slices, zone: &TimeZone) -> BTreeMap<Date, Slice> {
    let mut days: BTreeMap<Date, Slice> = BTreeMap::new();
    // The local day, and the quarter with which it ends, so that few are looked up in the zone.
    let mut day: Option<(Date, i64)> = None;
    for (number, it) in slices {
        let date = match day {
            Some((date, end)) if *number < end => date,
            _ => {
                let date = zone.to_datetime(slice::begin(*number)).date();
                let next = date.tomorrow().ok().and_then(|it| it.to_zoned(zone.clone()).ok());
                let end = next.map(|it| slice::number(it.timestamp().as_millisecond()));
                day = Some((date, end.unwrap_or(*number)));
                date
            }
        };
        days.entry(date).or_default().add(it);
    }
    days
}

/// Adds up the quarters of each local hour, by the moment at which it began. When clocks are set back,
/// two hours have the same name.
#[must_use]
pub fn by_hour(slices: &Slices, zone: &TimeZone) -> BTreeMap<Timestamp, Slice> {
    let mut hours: BTreeMap<Timestamp, Slice> = BTreeMap::new();
    for (number, it) in slices {
        let at = slice::begin(*number);
        let minutes = SignedDuration::from_mins(zone.to_datetime(at).minute().into());
        hours.entry(at.checked_sub(minutes).unwrap_or(at)).or_default().add(it);
    }
    hours
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_hours_are_those_of_the_zone() {
        let at = |text: &str| slice::number(text.parse::<Timestamp>().unwrap().as_millisecond());
        let one = Slice { used: 1, ..Slice::default() };
        let slices: Slices = [
            "2026-10-24T22:45:00Z", // 23:45 in summer
            "2026-10-24T23:00:00Z", // midnight
            "2026-10-25T00:30:00Z", // 01:30, and an hour later again
            "2026-10-25T01:30:00Z",
            "2026-10-25T23:45:00Z",
            "2026-10-26T00:00:00Z",
        ]
        .into_iter()
        .map(|text| (at(text), one))
        .collect();
        let london = TimeZone::get("Europe/London").unwrap();
        let days: Vec<_> =
            by_day(&slices, &london).into_iter().map(|(day, it)| (day.day(), it.used)).collect();
        assert_eq!(days, [(24, 1), (25, 4), (26, 1)]);
        assert_eq!(by_hour(&slices, &london).len(), 6);
        let kolkata = TimeZone::get("Asia/Kolkata").unwrap();
        let slices: Slices =
            [("2026-11-03T18:15:00Z"), ("2026-11-03T18:30:00Z"), ("2026-11-03T19:15:00Z")]
                .into_iter()
                .map(|text| (at(text), one))
                .collect();
        let days: Vec<_> =
            by_day(&slices, &kolkata).into_iter().map(|(day, it)| (day.day(), it.used)).collect();
        assert_eq!(days, [(3, 1), (4, 2)], "half past six is midnight there");
        let hours: Vec<_> = by_hour(&slices, &kolkata).into_values().map(|it| it.used).collect();
        assert_eq!(hours, [1, 2]);
    }
}
