//! A timespec that a form has made, in a sentence.

use jiff::{
    civil::{Time, Weekday},
    tz::TimeZone,
};

use crate::domain::schedule::{Days, decompose};

/// Describes on which days and at what times it is active; `None` for `always` and for a calendar
/// that says more than that.
pub(super) fn in_words(timespec: &str, zone: &TimeZone) -> Option<String> {
    let (days, (from, to)) = decompose(timespec, zone)?;
    let short = |time: Time| time.strftime("%H:%M").to_string();
    let hours = format!("{} to {}", short(from), short(to));
    Some(match days {
        Days::Once(day) => format!("Once, on {day}, {hours}"),
        Days::Weekly { days, until, .. } if days.len() == 7 => {
            format!("Every day, {hours}{}", last(until))
        }
        Days::Weekly { days, until, .. } => {
            let names: Vec<&str> = days.iter().map(|day| name(*day)).collect();
            let names = match names.as_slice() {
                [first @ .., last] if !first.is_empty() => {
                    format!("{} and {last}", first.join(", "))
                }
                names => names.concat(),
            };
            format!("Every {names}, {hours}{}", last(until))
        }
    })
}

fn last(until: Option<jiff::civil::Date>) -> String {
    until.map(|day| format!(", the last time on {day} at the latest")).unwrap_or_default()
}

const fn name(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

#[cfg(test)]
mod tests {
    use jiff::{Timestamp, civil::date};

    use super::*;
    use crate::domain::schedule::compose;

    #[test]
    fn it_reads_as_people_say_it() {
        let hours = (Time::constant(19, 0, 0, 0), Time::constant(21, 30, 0, 0));
        let said = |days: Days| {
            let text = compose("x", &days, hours, &TimeZone::UTC, Timestamp::UNIX_EPOCH);
            in_words(&text, &TimeZone::UTC).unwrap()
        };
        let weekly = |days: &[Weekday], until| {
            said(Days::Weekly { days: days.to_vec(), starting: date(2026, 1, 1), until })
        };
        assert_eq!(said(Days::Once(date(2026, 3, 2))), "Once, on 2026-03-02, 19:00 to 21:30");
        assert_eq!(weekly(&[Weekday::Tuesday], None), "Every Tuesday, 19:00 to 21:30");
        assert_eq!(
            weekly(&[Weekday::Monday, Weekday::Friday, Weekday::Sunday], None),
            "Every Monday, Friday and Sunday, 19:00 to 21:30"
        );
        let all: Vec<_> = Weekday::Monday.cycle_forward().take(7).collect();
        let until = Some(date(2026, 6, 30));
        let words = "Every day, 19:00 to 21:30, the last time on 2026-06-30 at the latest";
        assert_eq!(weekly(&all, until), words);
        assert_eq!(in_words("always", &TimeZone::UTC), None);
    }
}
