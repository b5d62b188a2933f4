//! Moments and days as people write them.

use jiff::{SignedDuration, Span, Timestamp, civil, tz::TimeZone};

use crate::domain::model::text::shown;

/// Reads a moment: RFC 3339 (`2026-01-01T18:00:00Z`), a local date and time (`2026-01-01 18:00`),
/// a local date or `today` (its first instant), `now`, or a distance from now (`+2w`, `-1h`).
///
/// # Errors
/// Returns a sentence that says what is expected.
pub fn moment(text: &str, zone: &TimeZone, now: Timestamp) -> Result<Timestamp, String> {
    let text = text.trim();
    let wrong = || {
        format!(
            "`{}` is not a valid moment: write 2026-01-31T18:00:00Z, 2026-01-31 18:00, 2026-01-31, now or +2w",
            shown(text)
        )
    };
    if text == "now" {
        return Ok(now);
    }
    if is_ambiguous(text) {
        let stem = shown(text.strip_suffix('m').map_or("+3", str::trim_end));
        return Err(format!(
            "`{}` could mean minutes or months: write {stem}min or {stem}mo",
            shown(text)
        ));
    }
    if let Some(distance) = span(text) {
        let moved = now.to_zoned(zone.clone()).checked_add(distance).map_err(|_| wrong())?;
        return Ok(moved.timestamp());
    }
    if let Ok(at) = text.parse::<Timestamp>() {
        return Ok(at);
    }
    let local: civil::DateTime = match text.parse::<civil::DateTime>() {
        Ok(local) => local,
        Err(_) => match written_day(text) {
            Some(day) => day?.into(),
            None => day(text, zone, now).map_err(|_| wrong())?.into(),
        },
    };
    Ok(local.to_zoned(zone.clone()).map_err(|_| wrong())?.timestamp())
}

/// Reads a day: `2026-01-31`, `today`, `yesterday`, `tomorrow`, or a distance from today in days,
/// weeks, months and years (`+3m`, `+1y6m`, `-3d`).
///
/// # Errors
/// Returns a sentence that says what is expected.
pub fn day(text: &str, zone: &TimeZone, now: Timestamp) -> Result<civil::Date, String> {
    let text = text.trim();
    let today = now.to_zoned(zone.clone()).date();
    let wrong =
        || format!("`{}` is not a valid day: write 2026-01-31, today, +2w or +3m", shown(text));
    match text {
        "today" => Ok(today),
        "yesterday" => today.yesterday().map_err(|_| wrong()),
        "tomorrow" => today.tomorrow().map_err(|_| wrong()),
        _ => match days(text) {
            Some(distance) => today.checked_add(distance).map_err(|_| wrong()),
            None => match written_day(text) {
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
fn written_day(text: &str) -> Option<Result<civil::Date, String>> {
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
        civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    };
    let (european, american) = (date(first, second), date(second, first));
    match (european, american) {
        (Some(day), _) if mark == '.' => Some(Ok(day)),
        (Some(day), None) | (None, Some(day)) if mark == '/' => Some(Ok(day)),
        (Some(day), Some(other)) if day == other => Some(Ok(day)),
        (Some(day), Some(other)) => {
            Some(Err(format!("`{}` could mean {day} or {other}: write one of these", shown(text))))
        }
        _ => None,
    }
}

/// Reads a local time of day: `19:00`, `7pm`, `7.30 pm`.
///
/// # Errors
/// Returns a sentence that says what is expected.
pub fn time(text: &str) -> Result<civil::Time, String> {
    let wrong = || format!("`{}` is not a valid time of day: write it like 19:00", shown(text));
    let plain = text.trim().to_ascii_lowercase();
    let (digits, half) = match plain.strip_suffix("am").or_else(|| plain.strip_suffix("a.m.")) {
        Some(digits) => (digits, Some(0)),
        None => match plain.strip_suffix("pm").or_else(|| plain.strip_suffix("p.m.")) {
            Some(digits) => (digits, Some(12)),
            None => (plain.as_str(), None),
        },
    };
    let digits = digits.trim().replace('.', ":");
    let (hour, minute) = match digits.split_once(':') {
        Some((hour, minute)) if minute.len() == 2 => (hour, minute),
        None if half.is_some() => (digits.as_str(), "00"),
        _ => return text.trim().parse().map_err(|_| wrong()),
    };
    let hour: i8 = hour.parse().map_err(|_| wrong())?;
    let hour = match half {
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return Err(wrong()),
        None => hour,
    };
    civil::Time::new(hour, minute.parse().map_err(|_| wrong())?, 0, 0).map_err(|_| wrong())
}

/// Formats a moment for people, in a zone.
#[must_use]
pub fn local(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%a %Y-%m-%d %H:%M").to_string()
}

/// Describes roughly how long ago something was, for a sentence: `3 minutes ago`.
#[must_use]
pub fn ago(distance: SignedDuration) -> String {
    if distance.is_negative() {
        return "in the future, by this machine's clock".to_owned();
    }
    format!("{} ago", length(distance))
}

/// Says how long a time is, in one unit: `3 days`.
#[must_use]
pub fn length(time: SignedDuration) -> String {
    let (seconds, minutes, hours) = (time.as_secs(), time.as_mins(), time.as_hours());
    let (count, unit) = match (seconds, minutes, hours) {
        (..120, ..) => (seconds, "second"),
        (_, ..120, _) => (minutes, "minute"),
        (.., ..48) => (hours, "hour"),
        _ => (hours / 24, "day"),
    };
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

/// Reads a distance between days: a sign, then numbers with units. Here `m` is a month, since no
/// day is a few minutes away.
fn days(text: &str) -> Option<Span> {
    let (negative, mut rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text.strip_prefix('+')?.trim_start()),
    };
    let mut distance = Span::new();
    if rest.is_empty() {
        return None;
    }
    while let Some((count, unit, more)) = next_part(rest) {
        let count: i64 = count.parse().ok()?;
        distance = match unit {
            "d" | "day" | "days" => {
                distance.try_days(count.checked_add(distance.get_days().into())?)
            }
            "w" | "wk" | "week" | "weeks" => {
                distance.try_weeks(count.checked_add(distance.get_weeks().into())?)
            }
            "m" | "mo" | "month" | "months" => {
                distance.try_months(count.checked_add(distance.get_months().into())?)
            }
            "y" | "yr" | "year" | "years" => {
                distance.try_years(count.checked_add(distance.get_years().into())?)
            }
            _ => return None,
        }
        .ok()?;
        rest = more;
    }
    rest.is_empty().then_some(if negative { distance.negate() } else { distance })
}

/// Splits off a number and its unit: `1y6m` is `1`, `y` and `6m`.
fn next_part(text: &str) -> Option<(&str, &str, &str)> {
    let (count, rest) = text.split_at(text.find(|c: char| !c.is_ascii_digit())?);
    let rest = rest.trim_start();
    let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
    let (unit, rest) = rest.split_at(end);
    (!count.is_empty() && !unit.is_empty()).then_some((count, unit, rest.trim_start()))
}

/// Tells whether a distance from a moment has an `m` that some would read as minutes and others as
/// months: only beside hours it is clear.
fn is_ambiguous(text: &str) -> bool {
    let Some(mut rest) = text.strip_prefix(['+', '-']) else { return false };
    let mut units = Vec::new();
    while let Some((_, unit, more)) = next_part(rest.trim_start()) {
        units.push(unit);
        rest = more;
    }
    units.contains(&"m") && !units.iter().any(|unit| unit.starts_with('h'))
}

fn span(text: &str) -> Option<Span> {
    let distance = text.strip_prefix('+').or_else(|| text.strip_prefix('-').map(|_| text))?;
    distance.parse().ok()
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
    fn a_moment_is_read_in_every_spelling() {
        for (text, expected) in [
            ("now", "2026-03-01T12:00:00Z"),
            ("2026-07-01T10:00:00+02:00", "2026-07-01T08:00:00Z"),
            ("2026-07-01 10:00", "2026-07-01T09:00:00Z"),
            ("2026-07-01", "2026-06-30T23:00:00Z"),
            ("yesterday", "2026-02-28T00:00:00Z"),
            ("+2w", "2026-03-15T12:00:00Z"),
            ("+30d", "2026-03-31T11:00:00Z"),
            ("-1h", "2026-03-01T11:00:00Z"),
        ] {
            assert_eq!(moment(text, &zone(), now()).unwrap().to_string(), expected, "{text}");
        }
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
        assert_eq!(moment("06/01/2026", &zone(), now()).unwrap_err(), error);
        for text in ["31/31/2026", "31.2.2026", "1/1/26", "1.1", "1/1/1/2026"] {
            assert!(day(text, &zone(), now()).is_err(), "{text}");
        }
    }

    #[test]
    fn a_time_of_day_is_read_in_every_spelling() {
        for (text, expected) in [
            ("19:00", "19:00:00"),
            ("9:05", "09:05:00"),
            ("6pm", "18:00:00"),
            ("6:30 PM", "18:30:00"),
            ("12am", "00:00:00"),
            ("12 p.m.", "12:00:00"),
            ("18.30", "18:30:00"),
        ] {
            assert_eq!(time(text).unwrap().to_string(), expected, "{text}");
        }
        for text in ["25:00", "13pm", "0am", "6", "6:3", "pm", "18:60"] {
            assert!(time(text).is_err(), "{text}");
        }
    }

    #[test]
    fn how_long_ago_is_told_in_one_unit() {
        for (seconds, words) in [
            (-1, "in the future, by this machine's clock"),
            (0, "0 seconds ago"),
            (1, "1 second ago"),
            (119, "119 seconds ago"),
            (120, "2 minutes ago"),
            (7_199, "119 minutes ago"),
            (7_200, "2 hours ago"),
            (172_799, "47 hours ago"),
            (172_800, "2 days ago"),
        ] {
            assert_eq!(ago(SignedDuration::from_secs(seconds)), words);
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
            assert!(error.ends_with("write 2026-01-31, today, +2w or +3m"), "{error}");
        }
    }

    /// A door held for three months instead of three minutes would be the worse mistake.
    #[test]
    fn minutes_are_not_mistaken_for_months() {
        for text in ["+3m", "-10m", "+1y3m", "+2d3m", "+ 3 m"] {
            let error = moment(text, &zone(), now()).unwrap_err();
            assert!(error.contains("could mean minutes or months: write"), "{error}");
        }
        let error = moment("-10m", &zone(), now()).unwrap_err();
        assert!(error.ends_with("write -10min or -10mo"), "{error}");
        for (text, expected) in [
            ("+3min", "2026-03-01T12:03:00Z"),
            ("+3mo", "2026-06-01T11:00:00Z"),
            ("+1h30m", "2026-03-01T13:30:00Z"),
        ] {
            assert_eq!(moment(text, &zone(), now()).unwrap().to_string(), expected, "{text}");
        }
    }

    #[test]
    fn what_is_neither_is_refused() {
        for text in ["", "soon", "2026-13-01", "+", "31.13.2026"] {
            assert!(moment(text, &zone(), now()).is_err(), "{text}");
            assert!(day(text, &zone(), now()).is_err(), "{text}");
            assert!(time(text).is_err(), "{text}");
        }
    }
}
