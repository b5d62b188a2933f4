//! One part of a recurrence rule, `BYDAY=MO,-1FR` (RFC 5545 §3.3.10).

use jiff::civil::Weekday;

use super::{
    TimespecError,
    content_line::ContentLine,
    date_or_time::{DateOrTime, number},
    rule::{Frequency, Rule, Stop},
};

/// Stores one part; returns `None` if its value is not valid.
pub(super) fn take(
    rule: &mut Rule,
    line: &ContentLine,
    name: &str,
    value: &str,
) -> Result<Option<()>, TimespecError> {
    match name {
        "FREQ" => match value {
            "HOURLY" => rule.frequency = Frequency::Hourly,
            "DAILY" => rule.frequency = Frequency::Daily,
            "WEEKLY" => rule.frequency = Frequency::Weekly,
            "MONTHLY" => rule.frequency = Frequency::Monthly,
            "YEARLY" => rule.frequency = Frequency::Yearly,
            "MINUTELY" | "SECONDLY" => {
                let message = format!("FREQ={value} is not supported: the shortest is HOURLY");
                return Err(line.refuse(message));
            }
            _ => return Ok(None),
        },
        "INTERVAL" | "COUNT" if number(value) == Some(0) => {
            return Err(line.refuse(format!("{name}=0 is not valid: numbers start at 1")));
        }
        "INTERVAL" => match number(value).filter(|n| *n <= 100_000) {
            Some(n) => rule.interval = n,
            None => return Ok(None),
        },
        "COUNT" => match number(value).and_then(|n| u32::try_from(n).ok()) {
            Some(n) => rule.stop = Stop::Count(n),
            None => return Ok(None),
        },
        "UNTIL" => rule.stop = Stop::Until(DateOrTime::read(line, value)?),
        "WKST" => match weekday(value) {
            Some(day) => rule.week_start = day,
            None => return Ok(None),
        },
        "BYDAY" => match value.split(',').map(ordinal_day).collect() {
            Some(days) => rule.days = days,
            None => return Ok(None),
        },
        "RSCALE" | "SKIP" | "BYEASTER" => {
            return Err(line.refuse(format!("{name} is not supported")));
        }
        _ => {
            let (list, signed, range) = match name {
                "BYSECOND" => (&mut rule.seconds, false, 0..=59),
                "BYMINUTE" => (&mut rule.minutes, false, 0..=59),
                "BYHOUR" => (&mut rule.hours, false, 0..=23),
                "BYMONTHDAY" => (&mut rule.month_days, true, 1..=31),
                "BYYEARDAY" => (&mut rule.year_days, true, 1..=366),
                "BYWEEKNO" => (&mut rule.week_numbers, true, 1..=53),
                "BYMONTH" => (&mut rule.months, false, 1..=12),
                "BYSETPOS" => (&mut rule.positions, true, 1..=366),
                _ => return Ok(None),
            };
            let read = |t: &str| {
                let n = if signed { signed_number(t) } else { number(t) }?;
                range.contains(&n.abs()).then(|| i16::try_from(n).ok())?
            };
            let Some(mut values) = value.split(',').map(read).collect::<Option<Vec<_>>>() else {
                return Ok(None);
            };
            values.sort_unstable();
            values.dedup();
            *list = values;
        }
    }
    Ok(Some(()))
}

fn signed_number(text: &str) -> Option<i64> {
    match text.strip_prefix('-') {
        Some(digits) => number(digits).map(|n| -n),
        None => number(text.strip_prefix('+').unwrap_or(text)),
    }
}

fn ordinal_day(text: &str) -> Option<(i16, Weekday)> {
    let at = text.len().checked_sub(2).filter(|at| text.is_char_boundary(*at))?;
    let (ordinal, day) = text.split_at(at);
    if ordinal.is_empty() {
        return Some((0, weekday(day)?));
    }
    let ordinal = signed_number(ordinal).filter(|n| (1..=53).contains(&n.abs()))?;
    Some((i16::try_from(ordinal).ok()?, weekday(day)?))
}

fn weekday(text: &str) -> Option<Weekday> {
    Some(match text {
        "MO" => Weekday::Monday,
        "TU" => Weekday::Tuesday,
        "WE" => Weekday::Wednesday,
        "TH" => Weekday::Thursday,
        "FR" => Weekday::Friday,
        "SA" => Weekday::Saturday,
        "SU" => Weekday::Sunday,
        _ => return None,
    })
}
