//! One event, ready to be expanded for any window of time.

use jiff::{SignedDuration, Timestamp, civil::DateTime};

use super::{
    Interval,
    length::Length,
    pattern::Pattern,
    skips::Skips,
    steps::{Exhausted, Steps},
    zone::Zone,
};

/// A validated event, ready to be expanded.
#[derive(Clone, Debug)]
pub(super) struct Event {
    pub(super) zone: Zone,
    /// Whether it consists of whole days.
    pub(super) whole_days: bool,
    /// DTSTART as local time in its zone.
    pub(super) start: DateTime,
    pub(super) length: Length,
    pub(super) pattern: Option<Pattern>,
    /// The instant before which the rule's instances start.
    pub(super) before: Option<Timestamp>,
    /// Instances independent of the rule: RDATE, and a DTSTART that the rule does not produce.
    pub(super) singles: Vec<Interval>,
    /// Instances that do not take place: EXDATE, and those that RECURRENCE-ID replaces.
    pub(super) skips: Skips,
}

impl Event {
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
        // Clocks change by a day at most (where the date line was moved).
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

    /// Returns an upper bound of the steps that expanding any window of this many days takes.
    pub(super) fn cost(&self, days: i64) -> u64 {
        let days = days + self.longest().as_hours() / 24 + 4;
        let rule = self.pattern.as_ref().map_or(0, |pattern| pattern.cost(days));
        rule.saturating_add(u64::try_from(self.singles.len()).unwrap_or(u64::MAX))
    }

    /// Returns the instant before which it is never active.
    pub(super) fn begins(&self) -> Timestamp {
        let rule = self.pattern.as_ref().and_then(|_| self.zone.instant(self.start));
        let singles = self.singles.iter().map(|single| single.start);
        singles.chain(rule).min().unwrap_or(Timestamp::MIN)
    }

    /// Returns the instant from which it is never active again, if there is one.
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

    /// Returns an upper bound of the length of its instances.
    pub(super) fn longest(&self) -> SignedDuration {
        let Length { days, local, time } = self.length;
        let more = if days == 0 && local.is_zero() { 0 } else { days + 1 };
        SignedDuration::from_hours(24 * more).saturating_add(local).saturating_add(time)
    }

    /// Returns the instance that a rule puts at a local time, unless the clocks skip that time.
    pub(super) fn instance(&self, at: DateTime) -> Option<Interval> {
        let start = if self.whole_days { self.zone.instant(at) } else { self.zone.instance(at) }?;
        Some(Interval { start, end: self.end(start, at)? }).filter(|i| i.start < i.end)
    }

    /// Returns the end of an instance: first adds the days on the local clock, then the exact
    /// time.
    fn end(&self, start: Timestamp, at: DateTime) -> Option<Timestamp> {
        let clock = SignedDuration::from_hours(24 * self.length.days) + self.length.local;
        let start = match clock.is_zero() {
            true => start,
            false => self.zone.instant(at.checked_add(clock).ok()?)?,
        };
        start.checked_add(self.length.time).ok()
    }

    /// Returns the instance at an explicit local time, even if the clocks skip it.
    pub(super) fn single(&self, at: DateTime) -> Option<Interval> {
        let start = self.zone.instant(at)?;
        Some(Interval { start, end: self.end(start, at)? })
    }

    /// Tells whether any of the given starts is an instance.
    pub(super) fn has(&self, named: &Skips, steps: &mut Steps) -> Result<bool, Exhausted> {
        let (from, until) = named.span(&self.zone);
        let mut found = false;
        self.each(from, until, steps, |instance| found |= named.has(instance.start, &self.zone))?;
        Ok(found)
    }
}
