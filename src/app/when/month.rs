//! A month that has begun.

use jiff::civil::Date;

use crate::domain::{
    model::{contact::YearMonth, text::shown},
    report,
};

/// The names of the months, in order.
const NAMES: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Reads a month: `2026-03`, `march`, `mar 2025`, `this month`, `last month`. A name without a year
/// is the last such month that has begun.
///
/// # Errors
/// Returns a sentence that says what is expected.
pub fn month(text: &str, today: Date) -> Result<YearMonth, String> {
    let plain = text.trim().to_lowercase();
    let words: Vec<&str> = plain.split([' ', '-', ',']).filter(|word| !word.is_empty()).collect();
    let this = report::of_day(today);
    let found = match *words.as_slice() {
        ["this"] | ["this", "month"] => Some(this),
        ["last"] | ["last", "month"] => Some(report::before(this, 1)),
        [name] => named(name)
            .map(|month| YearMonth { year: this.year - i16::from(month > this.month), month }),
        [name, year] => {
            named(name).zip(year.parse().ok()).map(|(month, year)| YearMonth { year, month })
        }
        _ => None,
    };
    match found {
        Some(found) => found.to_string().parse(),
        None => plain.parse(),
    }
    .map_err(|_: String| {
        format!("`{}` is not a month: write 2026-01, january, or last month", shown(text))
    })
}

fn named(text: &str) -> Option<i8> {
    let fits = |name: &&str| text.len() >= 3 && name.starts_with(text);
    (1..).zip(NAMES).find(|(_, name)| fits(name)).map(|(number, _)| number)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_month_is_read_in_every_spelling() {
        for (text, expected) in [
            ("2026-03", "2026-03"),
            ("march", "2026-03"),
            ("Feb", "2026-02"),
            ("april", "2025-04"),
            ("may 2024", "2024-05"),
            ("this month", "2026-03"),
            ("last", "2026-02"),
            ("last-month", "2026-02"),
        ] {
            assert_eq!(month(text, date(2026, 3, 9)).unwrap().to_string(), expected, "{text}");
        }
        assert_eq!(month("last month", date(2026, 1, 9)).unwrap().to_string(), "2025-12");
        for text in ["", "ma", "2026", "2026-13", "soon", "march 26", "marchy"] {
            assert!(month(text, date(2026, 3, 9)).is_err(), "{text}");
        }
    }
}
