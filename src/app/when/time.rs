//! A time of day.

use jiff::civil;

use crate::domain::model::text::shown;

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

#[cfg(test)]
mod tests {
    use super::*;

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
        for text in ["", "soon", "25:00", "13pm", "0am", "6", "6:3", "pm", "18:60"] {
            assert!(time(text).is_err(), "{text}");
        }
    }
}
