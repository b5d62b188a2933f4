//! A moment: an instant, or a local day or time that stands for one.

use jiff::{
    Timestamp,
    civil::{Date, DateTime},
    tz::TimeZone,
};

use super::{
    day::{day, past_day},
    distance::{is_ambiguous, span},
    doubt::is_doubt,
};
use crate::domain::model::text::shown;

/// Reads a moment: RFC 3339 (`2026-01-01T18:00:00Z`), a local date and time (`2026-01-01 18:00`),
/// a day as [`day`](super::day) reads it (its first instant), `now`, or a distance from now (`+2w`,
/// `-1h`).
///
/// # Errors
/// Returns a sentence that says what is expected.
pub fn moment(text: &str, zone: &TimeZone, now: Timestamp) -> Result<Timestamp, String> {
    read(text, zone, now, day)
}

/// Reads a moment that is over, as [`moment`] does; the name of a weekday means the last one.
///
/// # Errors
/// Returns a sentence that says what is expected.
pub fn past_moment(text: &str, zone: &TimeZone, now: Timestamp) -> Result<Timestamp, String> {
    read(text, zone, now, past_day)
}

fn read(
    text: &str,
    zone: &TimeZone,
    now: Timestamp,
    day: fn(&str, &TimeZone, Timestamp) -> Result<Date, String>,
) -> Result<Timestamp, String> {
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
    let local = match text.parse::<DateTime>() {
        Ok(local) => local,
        Err(_) => match day(text, zone, now) {
            Ok(day) => day.into(),
            Err(why) => return Err(if is_doubt(&why) { why } else { wrong() }),
        },
    };
    Ok(local.to_zoned(zone.clone()).map_err(|_| wrong())?.timestamp())
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
            ("Wednesday", "2026-03-04T00:00:00Z"),
            ("yesterday", "2026-02-28T00:00:00Z"),
            ("+2w", "2026-03-15T12:00:00Z"),
            ("+30d", "2026-03-31T11:00:00Z"),
            ("-1h", "2026-03-01T11:00:00Z"),
        ] {
            assert_eq!(moment(text, &zone(), now()).unwrap().to_string(), expected, "{text}");
        }
    }

    #[test]
    fn a_weekday_that_is_over_is_the_last_one() {
        assert_eq!(past_moment("wed", &zone(), now()).unwrap().to_string(), "2026-02-25T00:00:00Z");
        assert_eq!(past_moment("-1h", &zone(), now()), moment("-1h", &zone(), now()));
    }

    #[test]
    fn a_day_that_could_be_two_is_refused_as_such() {
        for text in ["06/01/2026", "next friday"] {
            let error = moment(text, &zone(), now()).unwrap_err();
            assert_eq!(error, day(text, &zone(), now()).unwrap_err());
            assert!(error.contains(" could mean "), "{error}");
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
    fn what_is_no_moment_is_refused() {
        for text in ["", "soon", "2026-13-01", "+", "31.13.2026"] {
            assert!(
                moment(text, &zone(), now()).unwrap_err().contains("is not a valid moment"),
                "{text}"
            );
        }
    }
}
