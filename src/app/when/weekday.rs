//! The name of a weekday, which stands for a day near today.

use jiff::civil::{Date, Weekday};

use super::doubt::could_mean;

/// Returns the next such day after a day.
pub(super) fn coming(weekday: Weekday, today: Date) -> Option<Date> {
    today.nth_weekday(1, weekday).ok()
}

/// Returns the last such day before a day.
pub(super) fn past(weekday: Weekday, today: Date) -> Option<Date> {
    today.nth_weekday(-1, weekday).ok()
}

/// Returns the day that the name of a weekday means; whether the next or the last, the command
/// knows, unless `last` is said. `None` for other texts.
///
/// # Errors
/// Says so where some people would mean one day and others another: `friday` on a Friday, and
/// `next friday` on a Tuesday.
pub(super) fn day(
    text: &str,
    today: Date,
    of_week: fn(Weekday, Date) -> Option<Date>,
) -> Option<Result<Date, String>> {
    let plain = text.to_ascii_lowercase();
    let words: Vec<&str> = plain.split_whitespace().collect();
    let (which, name) = match *words.as_slice() {
        [name] => (None, name),
        [which, name] => (Some(which), name),
        _ => return None,
    };
    let weekday = named(name)?;
    let is_today = today.weekday() == weekday;
    Some(match which {
        None | Some("this") if !is_today => Ok(of_week(weekday, today)?),
        Some("this") => Ok(today),
        None => Err(could_mean(text, today, of_week(weekday, today)?)),
        Some("last") => Ok(past(weekday, today)?),
        Some("next") if is_today => Ok(coming(weekday, today)?),
        Some("next") => {
            let one = coming(weekday, today)?;
            Err(could_mean(text, one, coming(weekday, one)?))
        }
        Some(_) => return None,
    })
}

fn named(text: &str) -> Option<Weekday> {
    Some(match text {
        "mon" | "monday" => Weekday::Monday,
        "tue" | "tues" | "tuesday" => Weekday::Tuesday,
        "wed" | "wednesday" => Weekday::Wednesday,
        "thu" | "thur" | "thurs" | "thursday" => Weekday::Thursday,
        "fri" | "friday" => Weekday::Friday,
        "sat" | "saturday" => Weekday::Saturday,
        "sun" | "sunday" => Weekday::Sunday,
        _ => return None,
    })
}
