//! The local times that a rule produces, computed period by period (RFC 5545 §3.3.10).
//!
//! A date either matches the BY parts or does not, and the periods that count follow from INTERVAL
//! by arithmetic, so the cost does not depend on how long ago the rule began.

use jiff::{
    SignedDuration,
    civil::{Date, DateTime, Time, date},
};

use super::{
    plain,
    rule::{Frequency, Rule},
    steps::{Exhausted, Steps},
};

/// The cost of a time, in steps: it needs a zone look-up, and is sorted among the others.
const TIME: u64 = 4;

/// The cost of starting on a plain rule, in steps: the crate `rrule` prepares a whole year.
const SETTING_OUT: u64 = 150;

/// A rule with all its parts filled in, and the first moment from which it counts.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    rule: Rule,
    start: DateTime,
}

impl Pattern {
    /// Fills in the missing parts of a rule from DTSTART.
    pub(super) fn new(mut rule: Rule, start: DateTime, whole_days: bool) -> Self {
        rule.fill(start, whole_days);
        Self { rule, start }
    }

    /// Calls `found` with each time of the rule in `from..=until`, in order, until it returns
    /// `Break`.
    pub(super) fn each(
        &self,
        from: DateTime,
        until: DateTime,
        steps: &mut Steps,
        mut found: impl FnMut(DateTime) -> bool,
    ) -> Result<(), Exhausted> {
        let from = from.max(self.start);
        let Some((first, _)) = self.days_of(self.first_index(from)) else { return Ok(()) };
        let Some(times) = plain::times(&self.rule, first.to_datetime(Time::midnight()), until)
        else {
            return self.each_day(from, until, steps, found);
        };
        steps.take(SETTING_OUT)?;
        for at in times {
            steps.take(TIME)?;
            if at > until || at >= from && !found(at) {
                break;
            }
        }
        Ok(())
    }

    /// Does the same for every kind of rule, by testing each day.
    pub(super) fn each_day(
        &self,
        from: DateTime,
        until: DateTime,
        steps: &mut Steps,
        mut found: impl FnMut(DateTime) -> bool,
    ) -> Result<(), Exhausted> {
        let from = from.max(self.start);
        let mut index = self.first_index(from);
        while from <= until && index <= self.index(until) {
            steps.take(1)?;
            for at in self.times_of(index, from.date(), until.date(), steps)? {
                if at > until || at >= from && !found(at) {
                    return Ok(());
                }
            }
            index += self.rule.interval;
        }
        Ok(())
    }

    /// Returns the first period that counts and does not end before a moment.
    fn first_index(&self, from: DateTime) -> i64 {
        let first = self.index(from);
        let past = (first - self.index(self.start)).rem_euclid(self.rule.interval);
        if past == 0 { first } else { first + self.rule.interval - past }
    }

    /// Tells whether the rule produces a local time.
    pub(super) fn names(&self, at: DateTime, steps: &mut Steps) -> Result<bool, Exhausted> {
        let mut found = false;
        self.each_day(at, at, steps, |_| {
            found = true;
            false
        })?;
        Ok(found)
    }

    #[cfg(test)]
    pub(super) fn rule(&self) -> &Rule {
        &self.rule
    }

    /// Returns an upper bound of the steps that any stretch of this many days takes.
    pub(super) fn cost(&self, days: i64) -> u64 {
        let rule = &self.rule;
        let list = |l: &Vec<i16>| i64::try_from(l.len().max(1)).unwrap_or(i64::MAX);
        let within_hour = list(&rule.minutes) * list(&rule.seconds);
        let daily = list(&rule.hours) * within_hour;
        let (period, times) = match rule.frequency {
            Frequency::Hourly => (1, 24 * (within_hour + 2)),
            Frequency::Daily => (1, daily),
            Frequency::Weekly => (7, daily),
            Frequency::Monthly => (31, daily),
            Frequency::Yearly if rule.months.is_empty() => (366, daily),
            Frequency::Yearly => (12 + 31 * list(&rule.months), daily),
        };
        // Plain rules are expanded from the start of a period; for positions, in whole periods.
        let days = days + 2 * period;
        let cost = (days + 1).saturating_mul(2 + times * TIME.cast_signed());
        u64::try_from(cost).unwrap_or(u64::MAX).saturating_add(SETTING_OUT)
    }

    /// Returns the times in one period, in order.
    fn times_of(
        &self,
        index: i64,
        from: Date,
        until: Date,
        steps: &mut Steps,
    ) -> Result<Vec<DateTime>, Exhausted> {
        let mut times = Vec::new();
        let Some((mut day, mut last)) = self.days_of(index) else { return Ok(times) };
        let hour = [i16::try_from(index.rem_euclid(24)).unwrap_or(0)];
        let hours = match self.rule.frequency {
            Frequency::Hourly if !lets(&self.rule.hours, hour[0]) => return Ok(times),
            Frequency::Hourly => &hour[..],
            _ => &self.rule.hours[..],
        };
        if self.rule.positions.is_empty() {
            (day, last) = (day.max(from), last.min(until));
        }
        while day <= last {
            steps.take(1)?;
            if !lets(&self.rule.months, day.month().into()) {
                day = day.last_of_month();
            } else if self.matches(day) {
                self.push_day(day, hours, &mut times, steps)?;
            }
            match day.tomorrow() {
                Ok(next) => day = next,
                Err(_) => break,
            }
        }
        Ok(if self.rule.positions.is_empty() { times } else { self.choose(&times) })
    }

    fn push_day(
        &self,
        day: Date,
        hours: &[i16],
        times: &mut Vec<DateTime>,
        steps: &mut Steps,
    ) -> Result<(), Exhausted> {
        for hour in hours {
            for minute in &self.rule.minutes {
                for second in &self.rule.seconds {
                    steps.take(TIME)?;
                    let small = |n: &i16| i8::try_from(*n).unwrap_or(0);
                    if let Ok(time) = Time::new(small(hour), small(minute), small(second), 0) {
                        times.push(day.to_datetime(time));
                    }
                }
            }
        }
        Ok(())
    }

    /// Keeps the times at the positions in BYSETPOS.
    fn choose(&self, times: &[DateTime]) -> Vec<DateTime> {
        let place = |position: &i16| {
            let position = isize::from(*position);
            let length = isize::try_from(times.len()).unwrap_or(isize::MAX);
            let at = if position > 0 { position - 1 } else { length + position };
            times.get(usize::try_from(at).ok()?).copied()
        };
        let mut chosen: Vec<_> = self.rule.positions.iter().filter_map(place).collect();
        chosen.sort_unstable();
        chosen.dedup();
        chosen
    }

    fn matches(&self, day: Date) -> bool {
        let rule = &self.rule;
        let both = |list: &Vec<i16>, (from_start, from_end): (i16, i16)| {
            list.is_empty() || list.contains(&from_start) || list.contains(&from_end)
        };
        lets(&rule.months, day.month().into())
            && both(&rule.year_days, counted(day.day_of_year(), day.days_in_year()))
            && both(&rule.month_days, counted(day.day().into(), day.days_in_month().into()))
            && (rule.days.is_empty() || self.matches_weekday(day))
            && (rule.week_numbers.is_empty() || both(&rule.week_numbers, self.week_number(day)))
    }

    fn matches_weekday(&self, day: Date) -> bool {
        let within_year = self.rule.frequency == Frequency::Yearly && self.rule.months.is_empty();
        let (nth, length) = if within_year {
            (day.day_of_year(), day.days_in_year())
        } else {
            (i16::from(day.day()), i16::from(day.days_in_month()))
        };
        let (from_start, from_end) = ((nth - 1) / 7 + 1, -((length - nth) / 7 + 1));
        self.rule.days.iter().any(|(ordinal, weekday)| {
            *weekday == day.weekday() && [0, from_start, from_end].contains(ordinal)
        })
    }

    /// Returns a day's week number, counted from the start and from the end of the week's year.
    fn week_number(&self, day: Date) -> (i16, i16) {
        // A week belongs to the year that has most of its days, which is the year of its fourth
        // day.
        let fourth = |day: Date| {
            let past = i64::from(day.weekday().since(self.rule.week_start));
            day.saturating_add(SignedDuration::from_hours(24 * (3 - past)))
        };
        let week = |fourth: Date| (fourth.day_of_year() - 1) / 7 + 1;
        let pivot = fourth(day);
        // 28 December is always in the year's last week.
        let weeks = week(fourth(date(pivot.year(), 12, 28)));
        counted(week(pivot), weeks)
    }

    /// Returns the number of the period that contains a moment.
    fn index(&self, at: DateTime) -> i64 {
        match self.rule.frequency {
            Frequency::Hourly => day_number(at.date()) * 24 + i64::from(at.hour()),
            Frequency::Daily => day_number(at.date()),
            Frequency::Weekly => (day_number(at.date()) - self.week_offset()).div_euclid(7),
            Frequency::Monthly => i64::from(at.year()) * 12 + i64::from(at.month()) - 1,
            Frequency::Yearly => at.year().into(),
        }
    }

    /// Returns the first and the last day of a period.
    fn days_of(&self, index: i64) -> Option<(Date, Date)> {
        let year = |n: i64| i16::try_from(n).ok();
        match self.rule.frequency {
            Frequency::Hourly => date_of(index.div_euclid(24)).map(|day| (day, day)),
            Frequency::Daily => date_of(index).map(|day| (day, day)),
            Frequency::Weekly => {
                let first = index * 7 + self.week_offset();
                Some((date_of(first)?, date_of(first + 6).unwrap_or(Date::MAX)))
            }
            Frequency::Monthly => {
                let month = i8::try_from(index.rem_euclid(12) + 1).ok()?;
                let first = Date::new(year(index.div_euclid(12))?, month, 1).ok()?;
                Some((first, first.last_of_month()))
            }
            Frequency::Yearly => {
                let first = Date::new(year(index)?, 1, 1).ok()?;
                Some((first, first.last_of_year()))
            }
        }
    }

    /// Returns the number of the first week's first day: 1 January 1970 was a Thursday.
    fn week_offset(&self) -> i64 {
        i64::from(self.rule.week_start.since(jiff::civil::Weekday::Thursday))
    }
}

/// Tells whether a part contains a value, or is not given.
fn lets(list: &[i16], value: i16) -> bool {
    list.is_empty() || list.contains(&value)
}

/// Returns a number counted from 1, and the same counted from the end, where the last is -1.
const fn counted(number: i16, last: i16) -> (i16, i16) {
    (number, number - last - 1)
}

fn day_number(day: Date) -> i64 {
    day.duration_since(date(1970, 1, 1)).as_hours().div_euclid(24)
}

fn date_of(number: i64) -> Option<Date> {
    date(1970, 1, 1).checked_add(SignedDuration::from_hours(number.checked_mul(24)?)).ok()
}
