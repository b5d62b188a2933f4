//! A zone that only the file defines (RFC 5545 §3.6.5): one offset, or one pair of yearly changes.

use jiff::{
    civil::{DateTime, Weekday},
    tz::{Offset, TimeZone},
};

use super::{
    Refusal,
    component::Component,
    line::Line,
    rule::{Frequency, Rule, Stop},
    written::Written,
    zones::Zone,
};

const HELP: &str = "use an IANA name such as Europe/London as TZID instead";

/// One STANDARD or DAYLIGHT part.
struct Observance {
    begins: DateTime,
    before: i32,
    after: i32,
    rule: Option<Rule>,
    number: u32,
}

/// Reads a definition, or refuses one that says more than can be evaluated.
pub(super) fn read(definition: &Component) -> Result<Zone, Refusal> {
    let mut lasting = Vec::new();
    let mut since = DateTime::MIN;
    for part in &definition.parts {
        if !matches!(part.name.as_str(), "STANDARD" | "DAYLIGHT") {
            continue;
        }
        let observance = Observance::read(part)?;
        since = since.max(observance.begins);
        match observance.rule.as_ref().map(|rule| rule.stop) {
            // What is over by then concerns only times before it.
            Some(Stop::Until(Written::Utc(end) | Written::Local(end))) => {
                since = since.max(end.saturating_add(jiff::SignedDuration::from_hours(48)));
            }
            Some(Stop::Until(_) | Stop::Count(_)) => {
                let message = format!("this time zone's rule cannot be evaluated: {HELP}");
                return Err(Refusal::at(observance.number, message));
            }
            Some(Stop::Never) | None => lasting.push(observance),
        }
    }
    let rules = match lasting.as_slice() {
        [only] if only.rule.is_none() => Offset::from_seconds(only.after).ok().map(TimeZone::fixed),
        [one, other] => yearly(one, other),
        _ => None,
    };
    let rules = rules.ok_or_else(|| {
        definition.refuse(format!("this definition of a time zone cannot be evaluated: {HELP}"))
    })?;
    // Of the only offset there ever was, the beginning does not matter.
    let always = definition.parts.len() == 1 && lasting[0].rule.is_none();
    Ok(Zone { rules, since: if always { DateTime::MIN } else { since } })
}

impl Observance {
    fn read(part: &Component) -> Result<Self, Refusal> {
        let need = |name| {
            part.one(name)?.ok_or_else(|| part.refuse(format!("{} has no {name}", part.name)))
        };
        if let Some(extra) = part.all("RDATE").chain(part.all("EXDATE")).next() {
            let message = format!("single changes of a time zone cannot be evaluated: {HELP}");
            return Err(extra.refuse(message));
        }
        let start = need("DTSTART")?;
        let Written::Local(begins) = Written::read(start, &start.value)? else {
            return Err(start.refuse("a time zone's DTSTART is a local time (19701101T020000)"));
        };
        Ok(Self {
            begins,
            before: offset(need("TZOFFSETFROM")?)?,
            after: offset(need("TZOFFSETTO")?)?,
            rule: part.one("RRULE")?.map(Rule::read).transpose()?,
            number: part.number,
        })
    }
}

/// Reads `-0600` or `+053000` as seconds east of UTC.
fn offset(line: &Line) -> Result<i32, Refusal> {
    let text = line.value.trim();
    let read = || {
        let (sign, digits) = match text.split_at_checked(1)? {
            ("+", digits) => (1, digits),
            ("-", digits) => (-1, digits),
            _ => return None,
        };
        if !matches!(digits.len(), 4 | 6) || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let piece = |from: usize| digits.get(from..from + 2).map_or(Some(0), |d| d.parse().ok());
        let (hours, minutes, seconds): (i32, i32, i32) = (piece(0)?, piece(2)?, piece(4)?);
        let fits = hours < 24 && minutes < 60 && seconds < 60;
        fits.then_some(sign * (hours * 3600 + minutes * 60 + seconds))
    };
    read().ok_or_else(|| line.refuse_value(text, "offset from UTC (-0600)"))
}

/// Writes two yearly changes as the POSIX rule that jiff evaluates.
fn yearly(one: &Observance, other: &Observance) -> Option<TimeZone> {
    // The greater offset is the summer's, whatever the parts are called (Ireland's are not).
    let (standard, summer) = if one.after < other.after { (one, other) } else { (other, one) };
    let fits = standard.before == summer.after && summer.before == standard.after;
    if !fits || standard.after == summer.after {
        return None;
    }
    let posix = |seconds: i32| {
        let sign = if seconds > 0 { "-" } else { "" };
        let seconds = seconds.abs();
        format!("{sign}{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
    };
    let text = format!(
        "STD{}DST{},{},{}",
        posix(standard.after),
        posix(summer.after),
        change(summer)?,
        change(standard)?
    );
    TimeZone::posix(&text).ok()
}

/// Writes `FREQ=YEARLY;BYMONTH=3;BYDAY=2SU` at 02:00 as `M3.2.0/2:00:00`.
fn change(observance: &Observance) -> Option<String> {
    let rule = observance.rule.as_ref()?;
    let (&[month], &[(nth, day)]) = (rule.months.as_slice(), rule.days.as_slice()) else {
        return None;
    };
    let plain = rule.frequency == Frequency::Yearly
        && rule.interval == 1
        && [&rule.week_numbers, &rule.year_days, &rule.month_days, &rule.positions]
            .iter()
            .chain(&[&rule.hours, &rule.minutes, &rule.seconds])
            .all(|list| list.is_empty());
    let week = match nth {
        1..=4 if plain => nth,
        -1 if plain => 5,
        _ => return None,
    };
    let at = observance.begins.time();
    let day = day.since(Weekday::Sunday);
    Some(format!("M{month}.{week}.{day}/{}:{:02}:{:02}", at.hour(), at.minute(), at.second()))
}
