//! A distance from now or from today: `+2w`, `-1h30m`.

use jiff::Span;

/// Reads a distance between days: a sign, then numbers with units. Here `m` is a month, since no
/// day is a few minutes away.
pub(super) fn days(text: &str) -> Option<Span> {
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
pub(super) fn is_ambiguous(text: &str) -> bool {
    let Some(mut rest) = text.strip_prefix(['+', '-']) else { return false };
    let mut units = Vec::new();
    while let Some((_, unit, more)) = next_part(rest.trim_start()) {
        units.push(unit);
        rest = more;
    }
    units.contains(&"m") && !units.iter().any(|unit| unit.starts_with('h'))
}

pub(super) fn span(text: &str) -> Option<Span> {
    let distance = text.strip_prefix('+').or_else(|| text.strip_prefix('-').map(|_| text))?;
    distance.parse().ok()
}
