//! Reads dates as banks write them.

use jiff::{
    Timestamp,
    civil::{Date, DateTime, Time},
    tz::{Offset, TimeZone},
};

use crate::domain::model::text::shown;

/// Refuses implausible dates.
fn plausible(day: Option<Date>, text: &str) -> Result<Date, String> {
    match day {
        Some(day) if (1900..2200).contains(&day.year()) => Ok(day),
        _ => Err(format!("`{}` is not a valid date", shown(text))),
    }
}

/// Reads an OFX date: `20260105`, `20260105120000.000[-5:EST]`. With a time and an offset it is
/// the local day of that moment, otherwise the date as written.
///
/// # Errors
/// A sentence that says that it is not a date.
pub(super) fn ofx(text: &str, zone: &TimeZone) -> Result<Date, String> {
    let text = text.trim();
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<i8>().ok();
    let date = || {
        let digits = text.get(..8)?.bytes().all(|byte| byte.is_ascii_digit());
        let year = text.get(..4)?.parse().ok().filter(|_| digits)?;
        Date::new(year, number(4, 6)?, number(6, 8)?).ok()
    };
    let moment = |date: Date| {
        let (hour, minute) = (number(8, 10)?, number(10, 12)?);
        let second = number(12, 14).unwrap_or(0);
        let time = Time::new(hour, minute, second.min(59), 0).ok()?;
        let (_, bracket) = text.split_once('[')?;
        let offset = offset(bracket)?;
        offset.to_timestamp(DateTime::from_parts(date, time)).ok()
    };
    let day = date().map(|date| moment(date).map_or(date, |at| local(at, zone)));
    plausible(day, text)
}

/// Reads an offset in hours: `-5:EST]`, `+5.5]`, `0:GMT]`, and the intended meaning of `-3.30`.
fn offset(bracket: &str) -> Option<Offset> {
    let hours = bracket.split([':', ']']).next()?.trim();
    let (negative, hours) = match hours.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, hours.strip_prefix('+').unwrap_or(hours)),
    };
    let (whole, part) = hours.split_once('.').unwrap_or((hours, ""));
    let minutes = match part {
        "" | "0" | "00" => 0,
        "5" | "50" | "30" => 30,
        "25" | "15" => 15,
        "75" | "45" => 45,
        _ => return None,
    };
    let seconds = whole.parse::<i32>().ok().filter(|hours| *hours < 24)? * 3600 + minutes * 60;
    Offset::from_seconds(if negative { -seconds } else { seconds }).ok()
}

fn local(at: Timestamp, zone: &TimeZone) -> Date {
    zone.to_datetime(at).date()
}

/// Reads an XML date or time: `2026-01-05`, `2026-01-05+01:00`, `2026-01-05T00:00:00Z`. A date is
/// taken as written, a time with an offset as the local day.
///
/// # Errors
/// A sentence that says that it is not a date.
pub(super) fn iso(text: &str, zone: &TimeZone) -> Result<Date, String> {
    let text = text.trim();
    let date = text.get(..10).and_then(|date| date.parse::<Date>().ok());
    let moment = text.contains(['T', 't']).then(|| text.parse::<Timestamp>().ok()).flatten();
    plausible(moment.map(|at| local(at, zone)).or(date), text)
}

/// Reads a date in the format of a profile.
///
/// # Errors
/// A sentence that says that it is not a date in that format.
pub(super) fn by_format(text: &str, form: &str) -> Result<Date, String> {
    let read = Date::strptime(form, text.trim());
    plausible(read.ok(), text).map_err(|error| format!("{error} in the format {}", shown(form)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(name: &str) -> TimeZone {
        TimeZone::get(name).unwrap()
    }

    #[test]
    fn ofx_dates_have_any_offset_or_none() {
        for (text, name, expected) in [
            ("20180509", "Europe/London", "2018-05-09"),
            ("20180509120000", "Europe/London", "2018-05-09"),
            ("20180509120000.000[-5:EST]", "Europe/London", "2018-05-09"),
            ("20180508230000[0:GMT]", "Europe/London", "2018-05-09"),
            ("20180509233000[-5:EST]", "America/New_York", "2018-05-10"),
            ("20180509000000[+5.5:IST]", "Asia/Kolkata", "2018-05-09"),
            ("20180509000000[-3.30]", "Europe/London", "2018-05-09"),
            ("20180509000000[?]", "Europe/London", "2018-05-09"),
            (" 20180509 ", "Europe/London", "2018-05-09"),
        ] {
            assert_eq!(ofx(text, &zone(name)).unwrap().to_string(), expected, "{text}");
        }
        for text in ["", "2018050", "20181309", "00000000", "22010101", "+2018059", "2018é509"] {
            assert!(ofx(text, &TimeZone::UTC).is_err(), "{text}");
        }
    }

    #[test]
    fn xml_days_are_as_written_and_moments_local() {
        for (text, expected) in [
            ("2018-05-09", "2018-05-09"),
            ("2018-05-09+02:00", "2018-05-09"),
            ("2018-05-08T23:30:00Z", "2018-05-09"),
            ("2018-05-09T10:00:00", "2018-05-09"),
        ] {
            assert_eq!(iso(text, &zone("Europe/London")).unwrap().to_string(), expected, "{text}");
        }
        assert!(iso("9.5.2018", &TimeZone::UTC).is_err());
        assert_eq!(by_format("9/5/2018", "%d/%m/%Y").unwrap().to_string(), "2018-05-09");
        assert!(
            by_format("2018-05-09", "%d/%m/%Y").unwrap_err().ends_with("in the format %d/%m/%Y")
        );
    }
}
