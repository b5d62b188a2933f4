//! Reads the calendars that [`compose`] writes, so that a form can show them as days and times.

use jiff::{
    Timestamp,
    civil::{Date, DateTime, Time, Weekday},
    tz::TimeZone,
};

use super::{
    compose::{Days, code, compose, last_moment},
    length::LOCAL_END,
};

/// Returns the days and the local times that a calendar was composed of; `None` for any other
/// calendar, and for one of another time zone.
#[must_use]
pub fn decompose(text: &str, zone: &TimeZone) -> Option<(Days, (Time, Time))> {
    let value = |name: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(name))?;
        Some(line.split_once(':')?.1)
    };
    let local = |name: &str| DateTime::strptime("%Y%m%dT%H%M%S", value(name)?).ok();
    let (start, end) = (local("DTSTART")?, local("DTEND")?);
    let days = match value("RRULE") {
        None => Days::Once(start.date()),
        Some(rule) => weekly(rule, start.date(), zone)?,
    };
    let stamp = DateTime::strptime("%Y%m%dT%H%M%SZ", value("DTSTAMP")?).ok()?;
    let stamp: Timestamp = stamp.to_zoned(TimeZone::UTC).ok()?.timestamp();
    let times = (start.time(), end.time());
    // Whatever else a calendar says, or says in another way, is then not lost unseen.
    let composed = compose(value("UID")?, &days, times, zone, stamp);
    // Older ones do without the line that says which end is meant, and have a date for UNTIL.
    let without = composed.replace(&format!("{LOCAL_END}:TRUE\n"), "");
    let text = match &days {
        Days::Weekly { until: Some(day), .. } => {
            let date = day.strftime("UNTIL=%Y%m%d\n").to_string();
            text.replace(&date, &format!("UNTIL={}\n", last_moment(*day, zone)))
        }
        _ => text.to_owned(),
    };
    (composed == text || without == text).then_some((days, times))
}

fn weekly(rule: &str, starting: Date, zone: &TimeZone) -> Option<Days> {
    let rest = rule.strip_prefix("FREQ=WEEKLY;BYDAY=")?;
    let (days, until) = match rest.split_once(";UNTIL=") {
        Some((days, until)) => (days, Some(last_day(until, zone)?)),
        None => (rest, None),
    };
    let day = |text: &str| {
        let mut week = Weekday::Monday.cycle_forward().take(7);
        week.find(|day| code(*day) == text)
    };
    let days = days.split(',').map(day).collect::<Option<Vec<_>>>()?;
    Some(Days::Weekly { days, starting, until })
}

/// Returns the local day of an UNTIL: a date, a local time, or a time in UTC.
fn last_day(until: &str, zone: &TimeZone) -> Option<Date> {
    if let Ok(day) = Date::strptime("%Y%m%d", until) {
        return Some(day);
    }
    match until.strip_suffix('Z') {
        Some(until) => {
            let utc = DateTime::strptime("%Y%m%dT%H%M%S", until).ok()?;
            Some(utc.to_zoned(TimeZone::UTC).ok()?.with_time_zone(zone.clone()).date())
        }
        None => Some(DateTime::strptime("%Y%m%dT%H%M%S", until).ok()?.date()),
    }
}

#[cfg(test)]
mod tests {
    use jiff::{ToSpan as _, civil::date};
    use proptest::prelude::*;

    use super::*;

    fn london() -> TimeZone {
        crate::time_zones::find("Europe/London").unwrap()
    }

    fn times() -> impl Strategy<Value = (Time, Time)> {
        let one =
            || (0_i8..24, 0_i8..60).prop_map(|(hour, minute)| Time::constant(hour, minute, 0, 0));
        (one(), one())
    }

    fn days() -> impl Strategy<Value = Days> {
        let day = || (0_i32..9000).prop_map(|it| date(2020, 1, 1) + it.days());
        let week: Vec<Weekday> = Weekday::Monday.cycle_forward().take(7).collect();
        let some = proptest::sample::subsequence(week, 1..=7);
        prop_oneof![
            day().prop_map(Days::Once),
            (some, day(), proptest::option::of(day()))
                .prop_map(|(days, starting, until)| Days::Weekly { days, starting, until }),
        ]
    }

    proptest! {
        #[test]
        fn what_was_composed_is_found_again(days in days(), times in times()) {
            let text = compose("x", &days, times, &london(), Timestamp::UNIX_EPOCH);
            let (found, at) = decompose(&text, &london()).unwrap();
            prop_assert_eq!(at, times);
            // The first day is that of the first event.
            prop_assert_eq!(&compose("x", &found, at, &london(), Timestamp::UNIX_EPOCH), &text);
            prop_assert_eq!(decompose(&text, &TimeZone::UTC), None);
        }

        #[test]
        fn any_other_text_is_left_alone(text in "(BEGIN|DTSTART|DTEND|UID|DTSTAMP|RRULE|:|;|=|[0-9TZ]{8,16}|\n){0,30}") {
            prop_assert_eq!(decompose(&text, &london()), None);
        }
    }

    #[test]
    fn a_calendar_that_says_more_is_not_taken_for_a_simple_one() {
        let days = Days::Once(date(2026, 3, 2));
        let hours = (Time::constant(19, 0, 0, 0), Time::constant(22, 0, 0, 0));
        let text = compose("x", &days, hours, &london(), Timestamp::UNIX_EPOCH);
        for (old, new) in [
            ("END:VEVENT", "SUMMARY:Open evening\nEND:VEVENT"),
            ("END:VEVENT", "STATUS:CANCELLED\nEND:VEVENT"),
            ("\n", "\r\n"),
            ("DTEND", "RRULE:FREQ=DAILY\nDTEND"),
        ] {
            assert_eq!(decompose(&text.replace(old, new), &london()), None, "{old}");
        }
        assert_eq!(decompose("always", &london()), None);
    }
}
