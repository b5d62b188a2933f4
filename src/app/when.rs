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
    if let Some(distance) = span(text) {
        let moved = now.to_zoned(zone.clone()).checked_add(distance).map_err(|_| wrong())?;
        return Ok(moved.timestamp());
    }
    if let Ok(at) = text.parse::<Timestamp>() {
        return Ok(at);
    }
    let local: civil::DateTime = match text.parse::<civil::DateTime>() {
        Ok(local) => local,
        Err(_) => day(text, zone, now).map_err(|_| wrong())?.into(),
    };
    Ok(local.to_zoned(zone.clone()).map_err(|_| wrong())?.timestamp())
}

/// Reads a day: `2026-01-31`, `today`, `yesterday`, `tomorrow`, or a distance (`+1y`, `-3d`).
///
/// # Errors
/// Returns a sentence that says what is expected.
pub fn day(text: &str, zone: &TimeZone, now: Timestamp) -> Result<civil::Date, String> {
    let text = text.trim();
    let today = now.to_zoned(zone.clone()).date();
    let wrong = || format!("`{}` is not a valid day: write 2026-01-31, today or +2w", shown(text));
    match text {
        "today" => Ok(today),
        "yesterday" => today.yesterday().map_err(|_| wrong()),
        "tomorrow" => today.tomorrow().map_err(|_| wrong()),
        _ => match span(text) {
            Some(distance) => today.checked_add(distance).map_err(|_| wrong()),
            None => text.parse().map_err(|_| wrong()),
        },
    }
}

/// Reads a local time of day: `19:00`.
///
/// # Errors
/// Returns a sentence that says what is expected.
pub fn time(text: &str) -> Result<civil::Time, String> {
    let wrong = || format!("`{}` is not a valid time of day: write it like 19:00", shown(text));
    text.trim().parse().map_err(|_| wrong())
}

/// Formats a moment for people, in a zone.
#[must_use]
pub fn local(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%a %Y-%m-%d %H:%M").to_string()
}

/// Describes roughly how long ago something was, for a sentence: `3 minutes ago`.
#[must_use]
pub fn ago(distance: SignedDuration) -> String {
    let (seconds, minutes, hours) = (distance.as_secs(), distance.as_mins(), distance.as_hours());
    let (count, unit) = match (seconds, minutes, hours) {
        (..0, ..) => return "in the future, by this machine's clock".to_owned(),
        (0..120, ..) => (seconds, "second"),
        (_, 0..120, _) => (minutes, "minute"),
        (.., 0..48) => (hours, "hour"),
        _ => (hours / 24, "day"),
    };
    format!("{count} {unit}{} ago", if count == 1 { "" } else { "s" })
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
            ("2026-05-04", "2026-05-04"),
        ] {
            assert_eq!(day(text, &zone(), now()).unwrap().to_string(), expected, "{text}");
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
    fn what_is_neither_is_refused() {
        for text in ["", "soon", "2026-13-01", "+", "31.1.2026"] {
            assert!(moment(text, &zone(), now()).is_err(), "{text}");
            assert!(day(text, &zone(), now()).is_err(), "{text}");
            assert!(time(text).is_err(), "{text}");
        }
    }
}
