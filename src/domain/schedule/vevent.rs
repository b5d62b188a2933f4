//! Reads a VEVENT: its start, length and recurrence (RFC 5545 §3.6.1).

use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, DateTime, Time},
    tz::TimeZone,
};

use super::{
    Interval, TimespecError,
    component::Component,
    compose::last_moment,
    content_line::ContentLine,
    date_or_time::DateOrTime,
    event::Event,
    length::{self, Length},
    parse_context::ParseContext,
    pattern::Pattern,
    rule::{Frequency, Rule, Stop},
    skips::Skips,
    steps::Exhausted,
    zone::Zone,
};
use crate::domain::model::text::shown;

/// The maximum length of an instance of a repeating event.
const LONGEST_REPEATED: SignedDuration = SignedDuration::from_hours(366 * 24);

/// Reads an event, without the overrides of its instances.
pub(super) fn read(
    part: &Component,
    reading: &mut ParseContext<'_>,
) -> Result<Event, TimespecError> {
    if let Some(line) = part.all("EXRULE").next() {
        return Err(line.refuse("EXRULE is not supported: list the dates as EXDATE"));
    }
    let Some(line) = part.one("DTSTART")? else {
        return Err(part.refuse("the event has no DTSTART"));
    };
    let moment = reading.zones.moment(line, &line.value)?;
    let zone = moment.zone.clone().unwrap_or_else(|| reading.zones.space());
    let whole_days = matches!(moment.written, DateOrTime::Day(_));
    if whole_days && line.param("TZID")?.is_some() {
        reading.warn(line, "a date has no TZID; the day is taken in the space's time zone");
    }
    let length = length::of_event(part, line, &mut reading.zones, &moment, &zone)?;
    let mut event = Event {
        zone,
        whole_days,
        start: moment.written.clock(),
        length,
        pattern: None,
        before: None,
        singles: vec![],
        skips: Skips::default(),
    };
    let first = single(&event, line, event.start)?;
    match part.one("RRULE")? {
        Some(line) => read_rule(&mut event, line, first, reading)?,
        None => event.singles.push(first),
    }
    for line in part.all("RDATE") {
        for value in line.value.split(',') {
            let rdate = read_rdate(&event, line, value, reading)?;
            event.singles.push(rdate);
        }
    }
    let mut skips = Skips::default();
    for line in part.all("EXDATE") {
        for value in line.value.split(',') {
            let moment = reading.zones.moment(line, value)?;
            let mut only = Skips::default();
            only.add(line, &moment, &event.zone, whole_days)?;
            if event.has(&only, &mut reading.spare) == Ok(false) {
                let value = shown(value);
                reading.warn(
                    line,
                    format!("EXDATE {value} has no effect: there is no instance at that time"),
                );
            }
            skips.join(only);
        }
    }
    event.skips = skips;
    Ok(event)
}

/// Returns the instance at an explicit local time.
fn single(event: &Event, line: &ContentLine, at: DateTime) -> Result<Interval, TimespecError> {
    event.single(at).ok_or_else(|| line.refuse("this date is out of range"))
}

fn read_rule(
    event: &mut Event,
    line: &ContentLine,
    first: Interval,
    reading: &mut ParseContext<'_>,
) -> Result<(), TimespecError> {
    let rule = Rule::read(line)?;
    if event.longest() > LONGEST_REPEATED {
        return Err(line.refuse("a repeating event may last at most a year"));
    }
    if event.whole_days && rule.frequency == Frequency::Hourly {
        return Err(line.refuse("FREQ=HOURLY needs a DTSTART with a time"));
    }
    if event.whole_days && rule.has_times() {
        let about = "an all-day event has no times: BYHOUR, BYMINUTE and BYSECOND are ignored";
        reading.warn(line, about);
    }
    let stop = rule.stop;
    let pattern = Pattern::new(rule, event.start, event.whole_days);
    let too_long = |Exhausted| {
        line.refuse("counting the instances of this rule takes too long: use UNTIL, not COUNT")
    };
    let named = pattern.names(event.start, &mut reading.steps).map_err(too_long)?;
    if !named {
        event.singles.push(first);
        let about = "DTSTART is not one of the times that the rule produces; it counts as well";
        reading.warn(line, about);
    }
    event.before = match stop {
        Stop::Never => None,
        Stop::Until(written) => {
            let before = read_until(event, line, written)?;
            if let DateOrTime::Day(day) = written
                && !event.whole_days
                && starts_on_last_day(event, &pattern, day, before, reading)
            {
                let until = last_moment(day, &event.zone.rules);
                reading.warn(
                    line,
                    format_args!(
                        "UNTIL is a date, but DTSTART has a time: here it goes on through {day}, and \
                         other programs stop at the midnight before; write UNTIL={until}, which all \
                         read alike"
                    ),
                );
            }
            Some(before)
        }
        Stop::Count(count) => {
            let mut left = if named { count } else { count - 1 };
            let mut before = Timestamp::MIN;
            pattern
                .each_day(event.start, DateTime::MAX, &mut reading.steps, |at| {
                    if let Some(instance) = event.instance(at).filter(|_| left > 0) {
                        left -= 1;
                        before = after(instance.start);
                    }
                    left > 0
                })
                .map_err(too_long)?;
            Some(before)
        }
    };
    event.pattern = Some(pattern);
    Ok(())
}

/// Tells whether an instance starts on the day that an UNTIL names, after its midnight in UTC: some
/// programs leave it out.
fn starts_on_last_day(
    event: &Event,
    pattern: &Pattern,
    day: Date,
    before: Timestamp,
    reading: &mut ParseContext<'_>,
) -> bool {
    let Some(midnight) = Zone::of_all_time(TimeZone::UTC).midnight(day) else { return false };
    let (mut found, a_day) = (false, SignedDuration::from_hours(24));
    let from = day.to_datetime(Time::midnight()).saturating_sub(a_day);
    let until = from.saturating_add(a_day * 3);
    // If it takes too long to find out, nothing is said.
    let _ = pattern.each(from.max(event.start), until, &mut reading.spare, |at| {
        let start = event.instance(at).map(|instance| instance.start);
        found |= start.is_some_and(|start| start > midnight && start < before);
        !found
    });
    found
}

/// Returns the instant before which the rule's instances start.
fn read_until(
    event: &Event,
    line: &ContentLine,
    until: DateOrTime,
) -> Result<Timestamp, TimespecError> {
    let utc = Zone::of_all_time(TimeZone::UTC);
    let last = match until {
        DateOrTime::Utc(at) if event.whole_days => {
            let here = utc.instant(at).map(|here| event.zone.rules.to_datetime(here).date());
            if here.is_some_and(|here| here != at.date()) {
                let message = "UNTIL of an all-day event must be a date (20260131): \
                               this time falls on different days in the space's time zone and in UTC";
                return Err(line.refuse(message));
            }
            event.zone.midnight(at.date())
        }
        DateOrTime::Day(day) if !event.whole_days => {
            let next = day.tomorrow().ok().and_then(|next| event.zone.midnight(next));
            return Ok(next.unwrap_or(Timestamp::MAX));
        }
        DateOrTime::Day(day) => event.zone.midnight(day),
        DateOrTime::Local(at) if event.whole_days => event.zone.midnight(at.date()),
        DateOrTime::Local(at) => event.zone.instant(at),
        DateOrTime::Utc(at) => utc.instant(at),
    };
    Ok(last.map_or(Timestamp::MAX, after))
}

fn read_rdate(
    event: &Event,
    line: &ContentLine,
    value: &str,
    reading: &mut ParseContext<'_>,
) -> Result<Interval, TimespecError> {
    let is_period = line.param("VALUE")?.is_some_and(|v| v.eq_ignore_ascii_case("PERIOD"));
    let (value, rest) = match value.split_once('/') {
        Some((value, rest)) if is_period => (value, Some(rest)),
        None if !is_period => (value, None),
        _ => return Err(line.refuse_value(value, "date, time or period")),
    };
    let moment = reading.zones.moment(line, value)?;
    if matches!(moment.written, DateOrTime::Day(_)) != event.whole_days {
        return Err(line.refuse("RDATE must have the same type as DTSTART: dates or times"));
    }
    let at = moment.written.clock();
    let zone = moment.zone.unwrap_or_else(|| event.zone.clone());
    let length = match rest {
        None => event.length,
        Some(rest) if rest.trim().starts_with(['P', '+', '-']) => Length::read(line, rest)?,
        Some(rest) => {
            let end = reading.zones.moment(line, rest)?;
            length::exact(line, at, &zone, &end)?
        }
    };
    let (singles, skips, pattern) = (vec![], Skips::default(), None);
    let rdate = Event { zone, length, singles, skips, pattern, ..*event };
    single(&rdate, line, at)
}

/// Returns the first instant of the next second, since times are written to the second.
fn after(at: Timestamp) -> Timestamp {
    at.saturating_add(SignedDuration::from_secs(1)).unwrap_or(Timestamp::MAX)
}
