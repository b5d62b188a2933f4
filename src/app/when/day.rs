//! A day, as people write it in a letter or say it.

use jiff::{
    Timestamp,
    civil::{Date, Weekday},
    tz::TimeZone,
};

use super::{distance::days, doubt::could_mean, weekday};
use crate::domain::model::text::shown;

/// Reads a day: `2026-01-31`, `today`, `yesterday`, `tomorrow`, the name of a weekday (the next one),
/// or a distance from today in days, weeks, months and years (`+3m`, `+1y6m`, `-3d`).
///
/// # Errors
/// Returns a sentence that says what is expected.
pub fn day(text: &str, zone: &TimeZone, now: Timestamp) -> Result<Date, String> {
    read(text, zone, now, weekday::coming)
}

/// Reads a day that is over, as [`day`] does; the name of a weekday means the last one.
///
/// # Errors
/// Returns a sentence that says what is expected.
pub fn past_day(text: &str, zone: &TimeZone, now: Timestamp) -> Result<Date, String> {
    read(text, zone, now, weekday::past)
}

fn read(
    text: &str,
    zone: &TimeZone,
    now: Timestamp,
    of_week: fn(Weekday, Date) -> Option<Date>,
) -> Result<Date, String> {
    let text = text.trim();
    let today = now.to_zoned(zone.clone()).date();
    let wrong = || {
        format!("`{}` is not a valid day: write 2026-01-31, today, friday, +2w or +3m", shown(text))
    };
    match text {
        "today" => Ok(today),
        "yesterday" => today.yesterday().map_err(|_| wrong()),
        "tomorrow" => today.tomorrow().map_err(|_| wrong()),
        _ => match days(text) {
            Some(distance) => today.checked_add(distance).map_err(|_| wrong()),
            None => match written_day(text).or_else(|| weekday::day(text, today, of_week)) {
                Some(day) => day,
                None => text.parse().map_err(|_| wrong()),
            },
        },
    }
}

/// Reads a day as it is written in Europe or in the United States: `31.1.2026`, `31/1/2026`.
///
/// # Errors
/// Says that it could be two different days, if nothing tells the day from the month.
fn written_day(text: &str) -> Option<Result<Date, String>> {
    let mark = if text.contains('.') { '.' } else { '/' };
    let parts: Vec<&str> = text.split(mark).map(str::trim).collect();
    let &[first, second, year] = parts.as_slice() else { return None };
    let number = |part: &str, most: usize| -> Option<i16> {
        let fits = (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| part.parse().ok())?
    };
    let (first, second) = (number(first, 2)?, number(second, 2)?);
    let year = number(year, 4).filter(|_| year.len() == 4)?;
    let date = |day: i16, month: i16| {
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    };
    let (european, american) = (date(first, second), date(second, first));
    match (european, american) {
        (Some(day), _) if mark == '.' => Some(Ok(day)),
        (Some(day), None) | (None, Some(day)) if mark == '/' => Some(Ok(day)),
        (Some(day), Some(other)) if day == other => Some(Ok(day)),
        (Some(day), Some(other)) => Some(Err(could_mean(text, day, other))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-03-01T12:00:00Z".parse().unwrap()
    }

    fn zone() -> TimeZone {
        TimeZone::get("Europe/London").unwrap()
    }

    #[test]
    fn a_day_is_read_in_every_spelling() {
        for (text, expected) in [
            ("today", "2026-03-01"),
            ("tomorrow", "2026-03-02"),
            ("+1y", "2027-03-01"),
            ("+3m", "2026-06-01"),
            ("+3mo", "2026-06-01"),
            ("+ 3 months", "2026-06-01"),
            ("+1y6m", "2027-09-01"),
            ("-2w 1d", "2026-02-14"),
            ("-1m", "2026-02-01"),
            ("2026-05-04", "2026-05-04"),
            ("4.5.2026", "2026-05-04"),
            ("04.05.2026", "2026-05-04"),
            ("13/05/2026", "2026-05-13"),
            ("05/13/2026", "2026-05-13"),
            ("5/5/2026", "2026-05-05"),
        ] {
            assert_eq!(day(text, &zone(), now()).unwrap().to_string(), expected, "{text}");
        }
    }

    #[test]
    fn a_day_that_could_be_two_is_refused() {
        let error = day("06/01/2026", &zone(), now()).unwrap_err();
        assert_eq!(error, "`06/01/2026` could mean 2026-01-06 or 2026-06-01: write one of these");
        for text in ["31/31/2026", "31.2.2026", "1/1/26", "1.1", "1/1/1/2026"] {
            assert!(day(text, &zone(), now()).is_err(), "{text}");
        }
    }

    #[test]
    fn months_end_with_the_month() {
        let end = "2026-01-31T12:00:00Z".parse().unwrap();
        assert_eq!(day("+1m", &zone(), end).unwrap().to_string(), "2026-02-28");
    }

    #[test]
    fn no_day_is_a_few_minutes_away() {
        for text in
            ["+3min", "+12h", "+90s", "+1d12h", "+PT3M", "+3", "+d", "+1.5m", "-99999999999d"]
        {
            let error = day(text, &zone(), now()).unwrap_err();
            assert!(error.ends_with("write 2026-01-31, today, friday, +2w or +3m"), "{error}");
        }
    }

    /// The first of March 2026 is a Sunday.
    #[test]
    fn a_weekday_is_the_next_or_the_last_one() {
        for (text, coming, past) in [
            ("friday", "2026-03-06", "2026-02-27"),
            ("Fri", "2026-03-06", "2026-02-27"),
            ("this friday", "2026-03-06", "2026-02-27"),
            ("last friday", "2026-02-27", "2026-02-27"),
            ("this sunday", "2026-03-01", "2026-03-01"),
            ("last sunday", "2026-02-22", "2026-02-22"),
        ] {
            assert_eq!(day(text, &zone(), now()).unwrap().to_string(), coming, "{text}");
            assert_eq!(past_day(text, &zone(), now()).unwrap().to_string(), past, "{text}");
        }
        assert_eq!(day("next sunday", &zone(), now()).unwrap().to_string(), "2026-03-08");
        let doubt = |text: &str, or: &str| format!("`{text}` could mean {or}: write one of these");
        let error = day("next friday", &zone(), now()).unwrap_err();
        assert_eq!(error, doubt("next friday", "2026-03-06 or 2026-03-13"));
        let error = day("sunday", &zone(), now()).unwrap_err();
        assert_eq!(error, doubt("sunday", "2026-03-01 or 2026-03-08"));
        let error = past_day("sunday", &zone(), now()).unwrap_err();
        assert_eq!(error, doubt("sunday", "2026-03-01 or 2026-02-22"));
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for text in ["", "soon", "2026-13-01", "+", "31.13.2026", "freitag", "last", "next week"] {
            assert!(
                day(text, &zone(), now()).unwrap_err().contains("is not a valid day"),
                "{text}"
            );
        }
    }
}
