//! One VEVENT: when it begins, how long it lasts, how it repeats (RFC 5545 §3.6.1).

use jiff::{SignedDuration, Timestamp, civil::DateTime};

use super::{
    Interval, Refusal,
    component::Component,
    line::Line,
    pattern::Pattern,
    rule::{Frequency, Rule, Stop},
    skips::Skips,
    steps::{Exhausted, Steps},
    written::{Length, Written},
    zones::{Moment, Zone, Zones},
};
use crate::domain::model::text::shown;

/// The longest that an instance of a repeating event may last.
const LONGEST_REPEATED: SignedDuration = SignedDuration::from_hours(366 * 24);

/// An event, checked and ready to be worked out.
#[derive(Clone, Debug)]
pub(super) struct Event {
    pub(super) zone: Zone,
    /// Whether it is made of whole days.
    pub(super) whole_days: bool,
    /// DTSTART on the clocks of its zone.
    pub(super) start: DateTime,
    pub(super) length: Length,
    pub(super) pattern: Option<Pattern>,
    /// The rule's instances start before this.
    pub(super) before: Option<Timestamp>,
    /// What happens whatever the rule says: RDATE, and a DTSTART that the rule does not name.
    pub(super) singles: Vec<Interval>,
    /// What does not happen: EXDATE, and what RECURRENCE-ID replaces.
    pub(super) skips: Skips,
}

impl Event {
    /// Reads an event; warnings are added to those that there are.
    pub(super) fn read(
        part: &Component,
        zones: &mut Zones<'_>,
        steps: &mut Steps,
        warnings: &mut Vec<String>,
    ) -> Result<Self, Refusal> {
        if let Some(line) = part.all("EXRULE").next() {
            return Err(line.refuse("EXRULE is not supported: list the dates as EXDATE"));
        }
        let Some(line) = part.one("DTSTART")? else {
            return Err(part.refuse("the event has no DTSTART"));
        };
        let moment = zones.moment(line, &line.value)?;
        let zone = moment.zone.clone().unwrap_or_else(|| zones.space());
        let (start, whole_days) = match moment.written {
            Written::Day(day) => (day.to_datetime(jiff::civil::Time::midnight()), true),
            Written::Local(at) | Written::Utc(at) => (at, false),
        };
        if whole_days && line.param("TZID")?.is_some() {
            let about = "a date takes no TZID: the day is meant in the space's time zone";
            warnings.push(format!("line {}: {about}", line.number));
        }
        let length = read_length(part, line, zones, &moment, &zone)?;
        let mut event = Self {
            zone,
            whole_days,
            start,
            length,
            pattern: None,
            before: None,
            singles: vec![],
            skips: Skips::default(),
        };
        let first = event.single(line, start)?;
        event.read_rule(part, first, steps, warnings)?;
        for line in part.all("RDATE") {
            for value in line.value.split(',') {
                let single = event.read_rdate(line, value, zones)?;
                event.singles.push(single);
            }
        }
        for line in part.all("EXDATE") {
            for value in line.value.split(',') {
                let moment = zones.moment(line, value)?;
                event.skips.add(line, &moment, &event.zone, whole_days)?;
            }
        }
        Ok(event)
    }

    /// Calls `found` with each instance that overlaps `from..until`.
    pub(super) fn each(
        &self,
        from: Timestamp,
        until: Timestamp,
        steps: &mut Steps,
        mut found: impl FnMut(Interval),
    ) -> Result<(), Exhausted> {
        let overlaps = |i: &Interval| i.start < until && from < i.end;
        for single in &self.singles {
            if overlaps(single) && !self.skips.has(single.start, &self.zone) {
                found(*single);
            }
        }
        let Some(pattern) = &self.pattern else { return Ok(()) };
        let until = self.before.map_or(until, |before| before.min(until));
        // Clocks are changed by a day at most (where the date line was moved).
        let day = SignedDuration::from_hours(24);
        let earliest = from.saturating_sub(self.longest()).unwrap_or(Timestamp::MIN);
        let earliest = self.zone.rules.to_datetime(earliest).saturating_sub(day);
        let latest = self.zone.rules.to_datetime(until).saturating_add(day);
        pattern.each(earliest, latest, steps, |at| {
            if let Some(instance) = self.instance(at)
                && overlaps(&instance)
                && instance.start < until
                && !self.skips.has(instance.start, &self.zone)
            {
                found(instance);
            }
            true
        })
    }

    /// Bounds the steps that working out any stretch of so many days takes.
    pub(super) fn cost(&self, days: i64) -> u64 {
        let days = days + self.longest().as_hours() / 24 + 4;
        let rule = self.pattern.as_ref().map_or(0, |pattern| pattern.cost(days));
        rule.saturating_add(u64::try_from(self.singles.len()).unwrap_or(u64::MAX))
    }

    /// Returns the instant before which it is never on.
    pub(super) fn begins(&self) -> Timestamp {
        let rule = self.pattern.as_ref().and_then(|_| self.zone.instant(self.start));
        let singles = self.singles.iter().map(|single| single.start);
        singles.chain(rule).min().unwrap_or(Timestamp::MIN)
    }

    /// Returns the instant from which it is off for good, if there is one.
    pub(super) fn ends(&self) -> Option<Timestamp> {
        let last = self.singles.iter().map(|single| single.end).max().unwrap_or(Timestamp::MIN);
        match (&self.pattern, self.before) {
            (None, _) => Some(last),
            (Some(_), None) => None,
            (Some(_), Some(before)) => {
                Some(last.max(before.saturating_add(self.longest()).unwrap_or(Timestamp::MAX)))
            }
        }
    }

    /// Returns the length of the longest instance, or a little more.
    fn longest(&self) -> SignedDuration {
        let days = if self.length.days == 0 { 0 } else { self.length.days + 1 };
        SignedDuration::from_hours(24 * days).saturating_add(self.length.time)
    }

    /// Returns the instance that a rule puts at a wall-clock time, unless the clocks skip it.
    fn instance(&self, at: DateTime) -> Option<Interval> {
        let start = if self.whole_days { self.zone.instant(at) } else { self.zone.instance(at) }?;
        Some(Interval { start, end: self.end(start, at)? }).filter(|i| i.start < i.end)
    }

    /// Returns when an instance ends: first the days on its clocks, then the time that passes.
    fn end(&self, start: Timestamp, at: DateTime) -> Option<Timestamp> {
        let start = match self.length.days {
            0 => start,
            days => {
                let days = SignedDuration::from_hours(24 * days);
                self.zone.instant(at.checked_add(days).ok()?)?
            }
        };
        start.checked_add(self.length.time).ok()
    }

    /// Returns an instance at a wall-clock time that someone wrote.
    fn single(&self, line: &Line, at: DateTime) -> Result<Interval, Refusal> {
        let both = || {
            let start = self.zone.instant(at)?;
            Some(Interval { start, end: self.end(start, at)? })
        };
        both().ok_or_else(|| line.refuse("this is beyond the end of the calendar"))
    }

    fn read_rule(
        &mut self,
        part: &Component,
        first: Interval,
        steps: &mut Steps,
        warnings: &mut Vec<String>,
    ) -> Result<(), Refusal> {
        let Some(line) = part.one("RRULE")? else {
            self.singles.push(first);
            return Ok(());
        };
        let rule = Rule::read(line)?;
        if self.longest() > LONGEST_REPEATED {
            return Err(line.refuse("an event that repeats may last a year at most"));
        }
        if self.whole_days && rule.frequency == Frequency::Hourly {
            return Err(line.refuse("FREQ=HOURLY needs a DTSTART with a time"));
        }
        if self.whole_days && rule.has_times() {
            let about = "whole days have no hours: BYHOUR, BYMINUTE and BYSECOND are ignored";
            warnings.push(format!("line {}: {about}", line.number));
        }
        let stop = rule.stop;
        let pattern = Pattern::new(rule, self.start, self.whole_days);
        let too_long = |Exhausted| {
            line.refuse("counting the instances of this rule takes too long: use UNTIL, not COUNT")
        };
        let named = pattern.names(self.start, steps).map_err(too_long)?;
        if !named {
            self.singles.push(first);
            let about = "DTSTART is not one of the times that the rule names; it counts as well";
            warnings.push(format!("line {}: {about}", line.number));
        }
        self.before = match stop {
            Stop::Never => None,
            Stop::Until(written) => Some(self.read_until(line, written)?),
            Stop::Count(count) => {
                let mut left = if named { count } else { count - 1 };
                let mut before = Timestamp::MIN;
                pattern
                    .each_day(self.start, DateTime::MAX, steps, |at| {
                        if let Some(instance) = self.instance(at).filter(|_| left > 0) {
                            left -= 1;
                            before = after(instance.start);
                        }
                        left > 0
                    })
                    .map_err(too_long)?;
                Some(before)
            }
        };
        self.pattern = Some(pattern);
        Ok(())
    }

    /// Returns the instant before which the rule's instances start.
    fn read_until(&self, line: &Line, until: Written) -> Result<Timestamp, Refusal> {
        let at = match until {
            Written::Utc(at) if self.whole_days => {
                // As the day on which it is here, or the day that was written; if only one is meant.
                let here = Zone::of_all_time(jiff::tz::TimeZone::UTC).instant(at);
                let here = here.map(|here| self.zone.rules.to_datetime(here).date());
                if here.is_some_and(|here| here != at.date()) {
                    let message = "UNTIL of an event of whole days is a date (20260131): \
                                   this time is on different days here and in UTC";
                    return Err(line.refuse(message));
                }
                self.zone.midnight(at.date())
            }
            Written::Utc(at) => Zone::of_all_time(jiff::tz::TimeZone::UTC).instant(at),
            Written::Local(at) if self.whole_days => self.zone.midnight(at.date()),
            Written::Local(at) => self.zone.instant(at),
            Written::Day(day) if self.whole_days => self.zone.midnight(day),
            Written::Day(day) => {
                let next = day.tomorrow().ok().and_then(|next| self.zone.midnight(next));
                return Ok(next.unwrap_or(Timestamp::MAX));
            }
        };
        Ok(at.map_or(Timestamp::MAX, after))
    }

    fn read_rdate(
        &self,
        line: &Line,
        value: &str,
        zones: &mut Zones<'_>,
    ) -> Result<Interval, Refusal> {
        let is_period = line.param("VALUE")?.is_some_and(|v| v.eq_ignore_ascii_case("PERIOD"));
        let (value, rest) = match value.split_once('/') {
            Some((value, rest)) if is_period => (value, Some(rest)),
            None if !is_period => (value, None),
            _ => return Err(line.refuse_value(value, "date, time or period")),
        };
        let moment = zones.moment(line, value)?;
        let is_day = matches!(moment.written, Written::Day(_));
        if is_day != self.whole_days {
            return Err(line.refuse("RDATE must be of the same type as DTSTART: dates, or times"));
        }
        let at = match moment.written {
            Written::Day(day) => day.to_datetime(jiff::civil::Time::midnight()),
            Written::Local(at) | Written::Utc(at) => at,
        };
        let zone = moment.zone.clone().unwrap_or_else(|| self.zone.clone());
        let mut event = Self { zone, singles: vec![], skips: Skips::default(), ..self.clone() };
        if let Some(rest) = rest {
            event.length = if rest.trim().starts_with(['P', '+', '-']) {
                Length::read(line, rest)?
            } else {
                let end = zones.moment(line, rest)?;
                exact(line, at, &event.zone, &end)?
            };
        }
        event.single(line, at)
    }
}

/// Returns the first instant of the next second: times are written to the second.
fn after(at: Timestamp) -> Timestamp {
    at.saturating_add(SignedDuration::from_secs(1)).unwrap_or(Timestamp::MAX)
}

fn read_length(
    part: &Component,
    start_line: &Line,
    zones: &mut Zones<'_>,
    start: &Moment,
    zone: &Zone,
) -> Result<Length, Refusal> {
    let is_day = matches!(start.written, Written::Day(_));
    match (part.one("DTEND")?, part.one("DURATION")?) {
        (Some(_), Some(line)) => Err(line.refuse("an event has DTEND or DURATION, not both")),
        (None, Some(line)) => {
            let length = Length::read(line, &line.value)?;
            if is_day && !length.time.is_zero() {
                return Err(line.refuse("an event of whole days lasts days (P2D) or weeks (P1W)"));
            }
            Ok(length)
        }
        (None, None) if is_day => Ok(Length { days: 1, time: SignedDuration::ZERO }),
        (None, None) => Err(start_line.refuse("the event has no end: add DTEND or DURATION")),
        (Some(line), None) => {
            let end = zones.moment(line, &line.value)?;
            match (start.written, end.written) {
                (Written::Day(first), Written::Day(last)) => {
                    let days = last.duration_since(first).as_hours() / 24;
                    if days < 1 {
                        return Err(not_after(line));
                    }
                    Ok(Length { days, time: SignedDuration::ZERO })
                }
                (Written::Day(_), _) | (_, Written::Day(_)) => {
                    Err(line.refuse("DTEND must be of the same type as DTSTART: a date, or a time"))
                }
                (Written::Local(at) | Written::Utc(at), _) => {
                    if start.zone.is_some() != end.zone.is_some() {
                        let message = "DTSTART and DTEND both need a time zone, or neither";
                        return Err(line.refuse(message));
                    }
                    exact(line, at, zone, &end)
                }
            }
        }
    }
}

/// Returns the time that passes between a start and an end.
fn exact(line: &Line, start: DateTime, zone: &Zone, end: &Moment) -> Result<Length, Refusal> {
    let (Written::Local(end_at) | Written::Utc(end_at)) = end.written else {
        return Err(line.refuse_value(&line.value, "time"));
    };
    let end_zone = end.zone.as_ref().unwrap_or(zone);
    match (zone.instant(start), end_zone.instant(end_at)) {
        (Some(start), Some(end)) if start < end => {
            Ok(Length { days: 0, time: end.duration_since(start) })
        }
        (Some(_), Some(_)) => Err(not_after(line)),
        _ => Err(line.refuse_value(&shown(&line.value), "time that can be worked with")),
    }
}

fn not_after(line: &Line) -> Refusal {
    line.refuse(format!("the event ends ({}) before it begins, or at once", shown(&line.value)))
}
