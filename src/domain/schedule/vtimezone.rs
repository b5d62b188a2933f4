//! A time zone defined only in the file (RFC 5545 §3.6.5): one offset, or one pair of yearly
//! changes.

use jiff::{
    civil::{DateTime, Weekday},
    tz::{Offset, TimeZone},
};

use super::{
    TimespecError,
    component::Component,
    content_line::ContentLine,
    date_or_time::DateOrTime,
    rule::{Frequency, Rule, Stop},
    zone::Zone,
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

/// Reads a definition; refuses one that cannot be evaluated completely.
pub(super) fn read(definition: &Component) -> Result<Zone, TimespecError> {
    let mut lasting = Vec::new();
    let mut since = DateTime::MIN;
    for part in &definition.parts {
        if !matches!(part.name.as_str(), "STANDARD" | "DAYLIGHT") {
            continue;
        }
        let observance = Observance::read(part)?;
        since = since.max(observance.begins);
        // Changes that are listed one by one are those of earlier years, beside rules that last.
        let mut listed = false;
        for line in part.all("RDATE") {
            for value in line.value.split(',') {
                let DateOrTime::Local(at) = DateOrTime::read(line, value)? else {
                    return Err(line.refuse_value(value, "local time of a change"));
                };
                listed = true;
                since = since.max(at.saturating_add(jiff::SignedDuration::from_hours(48)));
            }
        }
        if listed && observance.rule.is_none() {
            continue;
        }
        match observance.rule.as_ref().map(|rule| rule.stop) {
            // A rule that has ended by then only concerns earlier times.
            Some(Stop::Until(DateOrTime::Utc(end) | DateOrTime::Local(end))) => {
                since = since.max(end.saturating_add(jiff::SignedDuration::from_hours(48)));
            }
            Some(Stop::Until(_) | Stop::Count(_)) => {
                let message = format!("this time zone's rule cannot be evaluated: {HELP}");
                return Err(TimespecError::at(observance.number, message));
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
    // If there has only ever been one offset, its start does not matter.
    let always = definition.parts.len() == 1 && lasting[0].rule.is_none();
    Ok(Zone { rules, since: if always { DateTime::MIN } else { since } })
}

impl Observance {
    fn read(part: &Component) -> Result<Self, TimespecError> {
        let need = |name| {
            part.one(name)?.ok_or_else(|| part.refuse(format!("{} has no {name}", part.name)))
        };
        let rule = part.one("RRULE")?.map(Rule::read).transpose()?;
        let odd = part.all("RDATE").filter(|_| rule.is_some()).chain(part.all("EXDATE")).next();
        if let Some(extra) = odd {
            let message = format!("single changes of a time zone cannot be evaluated: {HELP}");
            return Err(extra.refuse(message));
        }
        let start = need("DTSTART")?;
        let DateOrTime::Local(begins) = DateOrTime::read(start, &start.value)? else {
            return Err(
                start.refuse("the DTSTART of a time zone must be a local time (19701101T020000)")
            );
        };
        Ok(Self {
            begins,
            before: offset(need("TZOFFSETFROM")?)?,
            after: offset(need("TZOFFSETTO")?)?,
            rule,
            number: part.number,
        })
    }
}

/// Reads `-0600` or `+053000` as seconds east of UTC.
fn offset(line: &ContentLine) -> Result<i32, TimespecError> {
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

/// Turns two yearly changes into the POSIX rule that jiff evaluates.
fn yearly(one: &Observance, other: &Observance) -> Option<TimeZone> {
    // The greater offset is the summer's, whatever the parts are called (Ireland's are reversed).
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
        && [&rule.week_numbers, &rule.year_days, &rule.positions]
            .iter()
            .chain(&[&rule.hours, &rule.minutes, &rule.seconds])
            .all(|list| list.is_empty());
    let week = match (nth, rule.month_days.as_slice()) {
        (1..=4, []) if plain => nth,
        (-1, []) if plain => 5,
        (0, days) if plain => week_of(month, days)?.into(),
        _ => return None,
    };
    let at = observance.begins.time();
    let day = day.since(Weekday::Sunday);
    Some(format!("M{month}.{week}.{day}/{}:{:02}:{:02}", at.hour(), at.minute(), at.second()))
}

/// Returns the week that seven days of a month stand for: the 8th to the 14th are the second one.
fn week_of<N: Copy + Into<i64>>(month: impl Into<i64>, days: &[N]) -> Option<i8> {
    let mut days: Vec<i64> = days.iter().map(|day| (*day).into()).collect();
    days.sort_unstable();
    let (first, last) = (*days.first()?, *days.last()?);
    let whole = days.len() == 7 && last - first == 6 && days.windows(2).all(|it| it[0] < it[1]);
    let is_long = matches!(month.into(), 1 | 3 | 5 | 7 | 8 | 10 | 12);
    match first {
        25 if whole && is_long => Some(5),
        -7 if whole => Some(5),
        1 | 8 | 15 | 22 if whole => i8::try_from(first / 7 + 1).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(parts: &str) -> Result<Zone, TimespecError> {
        let text = format!(
            "BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:Here\n{parts}END:VTIMEZONE\nEND:VCALENDAR\n"
        );
        read(&Component::read(&text)?.parts[0])
    }

    #[test]
    fn a_change_may_be_given_by_seven_days_of_a_month_and_earlier_ones_by_their_dates() {
        let old = "BEGIN:DAYLIGHT\nDTSTART:19960101T020000\nTZOFFSETFROM:-0600\nTZOFFSETTO:-0500\n\
                   RDATE:19970406T020000,19980405T020000\nEND:DAYLIGHT\n";
        let days = "8,9,10,11,12,13,14";
        let summer = format!("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY={days};BYDAY=SU");
        let winter = "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=1,2,3,4,5,6,7;BYDAY=SU";
        let parts = [
            old.to_owned(),
            part("DAYLIGHT", "20070311T020000", "-0600", "-0500", &summer),
            part("STANDARD", "20071104T020000", "-0500", "-0600", winter),
        ];
        let found = zone(&parts.concat()).unwrap();
        let chicago = crate::time_zones::find("America/Chicago").unwrap();
        for day in 0..800 {
            let at = jiff::Timestamp::from_second(1_767_225_600 + day * 43_200).unwrap();
            assert_eq!(found.rules.to_offset(at), chicago.to_offset(at), "{at}");
        }
        let odd = part("DAYLIGHT", "20070311T020000", "-0600", "-0500", &summer.replace("8,", ""));
        assert!(zone(&[odd, parts[2].clone()].concat()).is_err(), "six days are no week");
    }

    fn part(name: &str, begins: &str, from: &str, to: &str, rule: &str) -> String {
        let rule = if rule.is_empty() { String::new() } else { format!("RRULE:{rule}\n") };
        format!(
            "BEGIN:{name}\nDTSTART:{begins}\nTZOFFSETFROM:{from}\nTZOFFSETTO:{to}\n{rule}END:{name}\n"
        )
    }

    /// Every half hour of three years has the same offset in a known zone and in its definition.
    fn assert_same(parts: &str, known: &str) {
        let (mine, known) = (zone(parts).unwrap().rules, TimeZone::get(known).unwrap());
        let mut at: jiff::Timestamp = "2024-01-01T00:00:00Z".parse().unwrap();
        for _ in 0..3 * 365 * 48 {
            assert_eq!(mine.to_offset(at), known.to_offset(at), "{at}");
            at += jiff::SignedDuration::from_mins(30);
        }
    }

    #[test]
    fn yearly_changes_are_those_of_the_zone_they_describe() {
        let chicago = part(
            "DAYLIGHT",
            "20070311T020000",
            "-0600",
            "-0500",
            "FREQ=YEARLY;BYMONTH=3;BYDAY=2SU",
        ) + &part(
            "STANDARD",
            "20071104T020000",
            "-0500",
            "-0600",
            "FREQ=YEARLY;BYMONTH=11;BYDAY=1SU",
        );
        assert_same(&chicago, "America/Chicago");
        let london = part(
            "STANDARD",
            "19961027T020000",
            "+0100",
            "+0000",
            "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
        ) + &part(
            "DAYLIGHT",
            "19810329T010000",
            "+0000",
            "+0100",
            "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
        );
        assert_same(&london, "Europe/London");
        let sydney = part(
            "STANDARD",
            "20080406T030000",
            "+1100",
            "+1000",
            "FREQ=YEARLY;BYMONTH=4;BYDAY=1SU",
        ) + &part(
            "DAYLIGHT",
            "20081005T020000",
            "+1000",
            "+1100",
            "FREQ=YEARLY;BYMONTH=10;BYDAY=1SU",
        );
        assert_same(&sydney, "Australia/Sydney");
        assert_same(&part("STANDARD", "19700101T000000", "+0545", "+0545", ""), "Asia/Kathmandu");
    }

    #[test]
    fn a_definition_holds_from_when_its_last_part_begins() {
        let older = part(
            "STANDARD",
            "19671029T020000",
            "-0500",
            "-0600",
            "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU;UNTIL=20061029T070000Z",
        ) + &part(
            "DAYLIGHT",
            "20070311T020000",
            "-0600",
            "-0500",
            "FREQ=YEARLY;BYMONTH=3;BYDAY=2SU",
        ) + &part(
            "STANDARD",
            "20071104T020000",
            "-0500",
            "-0600",
            "FREQ=YEARLY;BYMONTH=11;BYDAY=1SU",
        );
        assert_eq!(zone(&older).unwrap().since, jiff::civil::date(2007, 11, 4).at(2, 0, 0, 0));
        let only = part("STANDARD", "20070311T020000", "-0600", "-0600", "");
        assert_eq!(zone(&only).unwrap().since, DateTime::MIN);
    }

    #[test]
    fn what_cannot_be_evaluated_is_refused() {
        let summer = |rule: &str| part("DAYLIGHT", "20070311T020000", "-0600", "-0500", rule);
        let winter = |rule: &str| part("STANDARD", "20071104T020000", "-0500", "-0600", rule);
        let (march, november) =
            ("FREQ=YEARLY;BYMONTH=3;BYDAY=2SU", "FREQ=YEARLY;BYMONTH=11;BYDAY=1SU");
        assert!(zone(&(summer(march) + &winter(november))).is_ok());
        for bad in [
            String::new(),
            summer(march),
            summer("") + &winter(""),
            summer(march) + &winter(""),
            summer(march) + &winter(november) + &winter(november),
            summer("FREQ=YEARLY;BYMONTH=3;BYDAY=SU;BYMONTHDAY=8,9,10") + &winter(november),
            summer("FREQ=YEARLY;BYMONTH=3;BYDAY=5SU") + &winter(november),
            summer("FREQ=YEARLY;BYMONTH=3;BYDAY=2SU;INTERVAL=2") + &winter(november),
            summer("FREQ=YEARLY;BYMONTH=3;BYDAY=2SU;COUNT=9") + &winter(november),
            summer(march) + &part("STANDARD", "20071104T020000", "-0400", "-0600", november),
            summer(march) + &part("STANDARD", "20071104T020000Z", "-0500", "-0600", november),
            summer(march) + &part("STANDARD", "20071104T020000", "-5", "-0600", november),
            summer(march) + &part("STANDARD", "20071104T020000", "-0500", "-9900", november),
            part("STANDARD", "19700101T000000", "+0000", "+00é0", ""),
        ] {
            assert!(zone(&bad).is_err(), "{bad}");
        }
    }
}
