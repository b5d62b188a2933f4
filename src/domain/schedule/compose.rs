//! Writes calendars for the common cases: weekly on some days, or once.

use std::fmt::Write as _;

use jiff::{
    Timestamp,
    civil::{Date, Time, Weekday},
    tz::TimeZone,
};

use super::length::LOCAL_END;

/// The days on which an event takes place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Days {
    /// Only on this day.
    Once(Date),
    /// Weekly on some days.
    Weekly {
        /// The days of the week; at least one.
        days: Vec<Weekday>,
        /// The first possible day.
        starting: Date,
        /// The last day on which an event starts, if there is one.
        until: Option<Date>,
    },
}

/// Clocks are changed before this time of the day.
const MORNING: Time = Time::constant(6, 0, 0, 0);

/// Writes a calendar with an event from one local time to another on certain days; it ends the
/// next day unless the second time is later. `uid` identifies the event, `zone` is the space's.
#[must_use]
pub fn compose(
    uid: &str,
    days: &Days,
    (from, to): (Time, Time),
    zone: &TimeZone,
    now: Timestamp,
) -> String {
    let (first, rule) = match days {
        Days::Once(day) => (*day, None),
        Days::Weekly { days, starting, until } => {
            (first_of(*starting, days), Some(rule(days, *until, zone)))
        }
    };
    let last = if to > from { first } else { first.tomorrow().unwrap_or(first) };
    let zone = zone.iana_name().map(|name| format!(";TZID={name}")).unwrap_or_default();
    let local =
        |date: Date, time: Time| date.to_datetime(time).strftime("%Y%m%dT%H%M%S").to_string();
    let mut text =
        String::from("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//space//EN\nBEGIN:VEVENT\n");
    let stamp = now.strftime("%Y%m%dT%H%M%SZ");
    // Writing to a String cannot fail.
    let _ = writeln!(text, "UID:{uid}\nDTSTAMP:{stamp}");
    let _ = writeln!(text, "DTSTART{zone}:{}", local(first, from));
    let _ = writeln!(text, "DTEND{zone}:{}", local(last, to));
    if let Some(rule) = rule {
        if to <= from || from < MORNING {
            let _ = writeln!(text, "{LOCAL_END}:TRUE");
        }
        let _ = writeln!(text, "{rule}");
    }
    text.push_str("END:VEVENT\nEND:VCALENDAR\n");
    text
}

/// Returns the first of the given weekdays from a date on.
fn first_of(starting: Date, days: &[Weekday]) -> Date {
    let week = std::iter::successors(Some(starting), |day| day.tomorrow().ok()).take(7);
    week.into_iter().find(|date| days.contains(&date.weekday())).unwrap_or(starting)
}

fn rule(days: &[Weekday], until: Option<Date>, zone: &TimeZone) -> String {
    let days: Vec<&str> = days.iter().map(|day| code(*day)).collect();
    let until = until.map(|day| format!(";UNTIL={}", last_moment(day, zone))).unwrap_or_default();
    format!("RRULE:FREQ=WEEKLY;BYDAY={}{until}", days.join(","))
}

/// Returns the last second of a day as UNTIL has to be written beside a DTSTART with a time: in UTC, or
/// local if the zone has no name. A date alone is read by some programs as the midnight before it.
pub(super) fn last_moment(day: Date, zone: &TimeZone) -> String {
    let local = day.to_datetime(Time::constant(23, 59, 59, 0));
    let instant = zone.to_timestamp(local).ok().filter(|_| zone.iana_name().is_some());
    instant.map_or_else(
        || local.strftime("%Y%m%dT%H%M%S").to_string(),
        |instant| instant.strftime("%Y%m%dT%H%M%SZ").to_string(),
    )
}

/// Returns the code of a weekday (RFC 5545 §3.3.10).
pub(super) const fn code(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "MO",
        Weekday::Tuesday => "TU",
        Weekday::Wednesday => "WE",
        Weekday::Thursday => "TH",
        Weekday::Friday => "FR",
        Weekday::Saturday => "SA",
        Weekday::Sunday => "SU",
    }
}

#[cfg(test)]
mod tests {
    use jiff::{
        SignedDuration, ToSpan as _,
        civil::{date, time},
    };
    use proptest::prelude::*;

    use super::*;
    use crate::domain::schedule::Timespec;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn london() -> TimeZone {
        crate::time_zones::find("Europe/London").unwrap()
    }

    fn hours(from: i8, to: i8) -> (Time, Time) {
        (time(from, 0, 0, 0), time(to, 0, 0, 0))
    }

    #[test]
    fn what_is_composed_is_a_timespec_that_means_it() {
        let days = Days::Weekly {
            days: vec![Weekday::Wednesday, Weekday::Sunday],
            starting: date(2026, 3, 2),
            until: Some(date(2026, 4, 1)),
        };
        let text = compose("t", &days, hours(22, 1), &london(), NOW);
        let timespec = Timespec::parse(&text, &london()).unwrap();
        for (at, on) in [
            ("2026-03-04T21:59:59Z", false),
            ("2026-03-04T22:00:00Z", true),
            ("2026-03-05T00:59:59Z", true),
            ("2026-03-05T01:00:00Z", false),
            ("2026-03-08T23:00:00Z", true),
            ("2026-04-01T21:30:00Z", true),
            ("2026-04-05T21:30:00Z", false),
        ] {
            assert_eq!(timespec.is_on(at.parse().unwrap()), on, "{at}\n{text}");
        }
    }

    #[test]
    fn a_night_ends_at_its_time_when_clocks_change_too() {
        let days =
            Days::Weekly { days: vec![Weekday::Saturday], starting: date(2026, 3, 1), until: None };
        let text = compose("t", &days, hours(22, 6), &london(), NOW);
        let timespec = Timespec::parse(&text, &london()).unwrap();
        for (at, on) in [
            ("2026-03-22T05:59:59Z", true),
            ("2026-03-22T06:00:00Z", false),
            ("2026-03-28T22:00:00Z", true),
            ("2026-03-29T04:59:59Z", true),
            ("2026-03-29T05:00:00Z", false),
            ("2026-10-25T05:59:59Z", true),
            ("2026-10-25T06:00:00Z", false),
        ] {
            assert_eq!(timespec.is_on(at.parse().unwrap()), on, "{at}\n{text}");
        }
    }

    #[test]
    fn once_is_one_event() {
        let now = "2026-03-01T18:00:00Z".parse().unwrap();
        let text = compose("t", &Days::Once(date(2026, 3, 2)), hours(19, 22), &london(), now);
        assert_eq!(
            text,
            "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//space//EN\nBEGIN:VEVENT\nUID:t\n\
             DTSTAMP:20260301T180000Z\nDTSTART;TZID=Europe/London:20260302T190000\n\
             DTEND;TZID=Europe/London:20260302T220000\nEND:VEVENT\nEND:VCALENDAR\n"
        );
    }

    #[test]
    fn a_rule_begins_on_the_first_of_its_days() {
        let monday = date(2026, 3, 2);
        assert_eq!(first_of(monday, &[Weekday::Monday]), monday);
        assert_eq!(first_of(monday, &[Weekday::Sunday, Weekday::Wednesday]), date(2026, 3, 4));
        assert_eq!(first_of(monday, &[Weekday::Sunday]), date(2026, 3, 8));
        let all: Vec<&str> = Weekday::Monday.cycle_forward().take(7).map(code).collect();
        assert_eq!(all, ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]);
    }

    proptest! {
        #[test]
        fn it_is_on_just_in_those_hours_of_those_days(
            (from, to) in (0..24_i8, 0..24_i8),
            week in prop::collection::btree_set(0..7_i8, 1..=7),
            (starting, lasts) in (0..400_i64, proptest::option::of(0..40_i64)),
            (day, hour) in (-10..60_i64, 0..24_i8),
        ) {
            // A zone without clock changes; those are tested where calendars are read.
            let zone = TimeZone::UTC;
            let starting = date(2026, 1, 1) + SignedDuration::from_hours(24 * starting);
            let until = lasts.map(|days| starting + SignedDuration::from_hours(24 * days));
            let monday = Weekday::from_monday_zero_offset;
            let days: Vec<Weekday> = week.iter().map(|day| monday(*day).unwrap()).collect();
            let weekly = Days::Weekly { days: days.clone(), starting, until };
            let text = compose("t", &weekly, hours(from, to), &zone, NOW);
            let timespec = Timespec::parse(&text, &zone).unwrap();
            let today = starting + SignedDuration::from_hours(24 * day);
            let begins = |on: Date| {
                days.contains(&on.weekday()) && starting <= on && until.is_none_or(|it| on <= it)
            };
            let expected = if from < to {
                begins(today) && from <= hour && hour < to
            } else {
                begins(today) && from <= hour || begins(today - 1.day()) && hour < to
            };
            let at = today.at(hour, 0, 0, 0).to_zoned(zone).unwrap().timestamp();
            prop_assert_eq!(timespec.is_on(at), expected, "{} {}\n{}", today, hour, text);
        }
    }
}
