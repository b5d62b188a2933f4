//! Reads days as banks write them.
//!
//! A day is the day as the bank wrote it. A time behind it is ignored, and no offset turns it into
//! another day: otherwise the same transaction would have another day in another file of the bank.

use jiff::{civil::Date, fmt::strtime::BrokenDownTime};

use crate::domain::model::text::shown;

/// Forms of days in the tables of banks, the usual ones first.
pub(super) const FORMS: [&str; 14] = [
    "%Y-%m-%d",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d.%m.%Y",
    "%d-%m-%Y",
    "%m-%d-%Y",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%Y%m%d",
    "%d.%m.%y",
    "%d/%m/%y",
    "%m/%d/%y",
    "%d %b %Y",
    "%b %d, %Y",
];

/// Refuses implausible days.
fn plausible(day: Option<Date>, text: &str) -> Result<Date, String> {
    match day {
        Some(day) if (1900..2200).contains(&day.year()) => Ok(day),
        _ => Err(format!("`{}` is not a valid date", shown(text))),
    }
}

/// Reads an OFX date: `20260105`, `20260105120000.000[-5:EST]`.
///
/// # Errors
/// A sentence that says that it is not a date.
pub(super) fn ofx(text: &str) -> Result<Date, String> {
    let text = text.trim();
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<i8>().ok();
    let date = || {
        let digits = text.get(..8)?.bytes().all(|byte| byte.is_ascii_digit());
        let year = text.get(..4)?.parse().ok().filter(|_| digits)?;
        Date::new(year, number(4, 6)?, number(6, 8)?).ok()
    };
    plausible(date(), text)
}

/// Reads an XML date or time: `2026-01-05`, `2026-01-05+01:00`, `2026-01-05T00:00:00Z`.
///
/// # Errors
/// A sentence that says that it is not a date.
pub(super) fn iso(text: &str) -> Result<Date, String> {
    let text = text.trim();
    plausible(text.get(..10).and_then(|date| date.parse().ok()), text)
}

/// Reads a date in the form of a profile, `%d/%m/%Y`; a time of day may follow.
///
/// # Errors
/// A sentence that says that it is not a date in that form.
pub(super) fn by_form(text: &str, form: &str) -> Result<Date, String> {
    let text = text.trim();
    plausible(read(text, form), text)
        .map_err(|error| format!("{error} in the format {}", shown(form)))
}

fn read(text: &str, form: &str) -> Option<Date> {
    let (time, length) = BrokenDownTime::parse_prefix(form, text).ok()?;
    let ended = text.get(length..)?.is_empty() || text[length..].starts_with([' ', 'T', ',']);
    time.to_date().ok().filter(|_| ended)
}

/// Returns the first of the usual forms in which a text is a day.
pub(super) fn fitting(text: &str) -> Option<&'static str> {
    FORMS.into_iter().find(|form| by_form(text, form).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_as_the_bank_wrote_it() {
        for (text, expected) in [
            ("20180509", "2018-05-09"),
            ("20180509120000", "2018-05-09"),
            ("20180509120000.000[-5:EST]", "2018-05-09"),
            ("20180508230000[0:GMT]", "2018-05-08"),
            ("20180509233000[-5:EST]", "2018-05-09"),
            ("20180509000000[+5.5:IST]", "2018-05-09"),
            ("20180509000000[?]", "2018-05-09"),
            (" 20180509 ", "2018-05-09"),
        ] {
            assert_eq!(ofx(text).unwrap().to_string(), expected, "{text}");
        }
        for text in ["", "2018050", "20181309", "00000000", "22010101", "+2018059", "2018é509"] {
            assert!(ofx(text).is_err(), "{text}");
        }
        for (text, expected) in [
            ("2018-05-09", "2018-05-09"),
            ("2018-05-09+02:00", "2018-05-09"),
            ("2018-05-08T23:30:00Z", "2018-05-08"),
            ("2018-05-09T10:00:00", "2018-05-09"),
        ] {
            assert_eq!(iso(text).unwrap().to_string(), expected, "{text}");
        }
        assert!(iso("9.5.2018").is_err());
    }

    #[test]
    fn a_form_may_have_a_time_or_be_followed_by_one() {
        for (text, form) in [
            ("9/5/2018", "%d/%m/%Y"),
            ("09/05/2018 23:59", "%d/%m/%Y"),
            ("09/05/2018 23:59", "%d/%m/%Y %H:%M"),
            ("2018-05-09 23:30:00", "%Y-%m-%d %H:%M:%S"),
            ("2018-05-09 23:30:00 -0500", "%Y-%m-%d %H:%M:%S %z"),
            ("2018-05-09T23:30:00.123Z", "%Y-%m-%d"),
            ("20180509", "%Y%m%d"),
            ("09.05.18", "%d.%m.%y"),
            ("May 9, 2018", "%b %d, %Y"),
        ] {
            assert_eq!(by_form(text, form).unwrap().to_string(), "2018-05-09", "{text} {form}");
        }
        for (text, form) in [
            ("2018-05-09", "%d/%m/%Y"),
            ("09.05.2018", "%d.%m.%y"),
            ("09.05.18", "%d.%m.%Y"),
            ("05/13/2018", "%d/%m/%Y"),
            ("09/05/20181", "%d/%m/%Y"),
            ("", "%d/%m/%Y"),
        ] {
            let error = by_form(text, form).unwrap_err();
            assert!(error.ends_with(&format!("in the format {form}")), "{text} {form}: {error}");
        }
    }

    #[test]
    fn the_form_of_a_day_is_found() {
        for (text, form) in [
            ("2026-06-14 12:00", Some("%Y-%m-%d")),
            ("06/14/2026", Some("%m/%d/%Y")),
            ("06/05/2026", Some("%d/%m/%Y")),
            ("14 Jun 2026", Some("%d %b %Y")),
            ("31/02/2026", None),
            ("Total", None),
            ("12345678", None),
        ] {
            assert_eq!(fitting(text), form, "{text}");
        }
    }
}
