//! Plain rules, expanded by the crate `rrule`; the only file that uses it and chrono.
//!
//! A plain rule is one that the crate handles correctly and that produces a time in every period,
//! so that it never searches for long; [`super::pattern`] handles all others. The crate gets local
//! times as if they were UTC, and a start close to the time in question, from which it iterates.

use chrono::TimeZone as _;
use jiff::{
    Timestamp,
    civil::{DateTime, Weekday},
    tz::TimeZone,
};
use rrule::{NWeekday, RRule, RRuleSet, Tz};

use super::rule::{Frequency, Rule};

/// The maximum INTERVAL; a thousand years are still within chrono's range.
const MOST_APART: i64 = 1000;

/// Returns the times of a rule with all its parts filled in, from the start of one of its periods
/// to `until`; `None` if the rule is not plain.
pub(super) fn times(
    rule: &Rule,
    period: DateTime,
    until: DateTime,
) -> Option<impl Iterator<Item = DateTime> + use<>> {
    let frequency = plain_frequency(rule)?;
    let (period, until) = (outward(period)?, outward(until)?);
    let small = |list: &[i16]| list.iter().filter_map(|n| u8::try_from(*n).ok()).collect();
    let months: Vec<u8> = small(&rule.months);
    let months: Vec<_> =
        months.into_iter().filter_map(|n| chrono::Month::try_from(n).ok()).collect();
    let days = rule.days.iter().map(|(n, day)| match n {
        0 => NWeekday::Every(weekday(*day)),
        n => NWeekday::Nth(*n, weekday(*day)),
    });
    let walk = RRule::new(frequency)
        .interval(u16::try_from(rule.interval).ok()?)
        .week_start(weekday(rule.week_start))
        .by_month(&months)
        .by_month_day(rule.month_days.iter().filter_map(|n| i8::try_from(*n).ok()).collect())
        .by_weekday(days.collect())
        .by_hour(small(&rule.hours))
        .by_minute(small(&rule.minutes))
        .by_second(small(&rule.seconds))
        .until(until)
        .validate(period)
        .ok()?;
    let walk = &RRuleSet::new(period).rrule(walk);
    Some(walk.into_iter().map_while(|at| inward(&at)))
}

/// Returns the frequency of a rule that the crate handles correctly and that never skips a period.
fn plain_frequency(rule: &Rule) -> Option<rrule::Frequency> {
    if rule.interval > MOST_APART {
        return None;
    }
    let others = [&rule.week_numbers, &rule.year_days, &rule.positions];
    if others.iter().any(|list| !list.is_empty()) {
        return None;
    }
    let every = rule.days.iter().all(|(n, _)| *n == 0);
    let numbered = rule.days.iter().all(|(n, _)| (1..=4).contains(&n.abs()));
    let by_day = !rule.days.is_empty() && rule.month_days.is_empty() && (every || numbered);
    let by_date = rule.days.is_empty() && rule.month_days.iter().all(|n| (1..=28).contains(n));
    let dated = (by_day || by_date) && !(rule.days.is_empty() && rule.month_days.is_empty());
    match rule.frequency {
        Frequency::Daily if rule.months.is_empty() && rule.month_days.is_empty() => {
            // With another interval, a weekday may never occur.
            (rule.days.is_empty() || rule.interval == 1).then_some(rrule::Frequency::Daily)
        }
        Frequency::Weekly if rule.months.is_empty() => Some(rrule::Frequency::Weekly),
        Frequency::Monthly if rule.months.is_empty() && dated => Some(rrule::Frequency::Monthly),
        Frequency::Yearly if !rule.months.is_empty() && dated => Some(rrule::Frequency::Yearly),
        _ => None,
    }
}

const fn weekday(day: Weekday) -> rrule::Weekday {
    match day {
        Weekday::Monday => rrule::Weekday::Mon,
        Weekday::Tuesday => rrule::Weekday::Tue,
        Weekday::Wednesday => rrule::Weekday::Wed,
        Weekday::Thursday => rrule::Weekday::Thu,
        Weekday::Friday => rrule::Weekday::Fri,
        Weekday::Saturday => rrule::Weekday::Sat,
        Weekday::Sunday => rrule::Weekday::Sun,
    }
}

fn outward(at: DateTime) -> Option<chrono::DateTime<Tz>> {
    let seconds = TimeZone::UTC.to_timestamp(at).ok()?.as_second();
    Tz::UTC.timestamp_opt(seconds, 0).single()
}

fn inward(at: &chrono::DateTime<Tz>) -> Option<DateTime> {
    Timestamp::from_second(at.timestamp()).ok().map(|at| TimeZone::UTC.to_datetime(at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::schedule::{content_line::ContentLine, pattern::Pattern, steps::Steps};

    #[test]
    fn the_crate_and_the_day_matcher_agree_on_plain_rules() {
        let mut tried = 0;
        for rule in plain_rules() {
            let line = ContentLine::read_all(&format!("RRULE:{rule}")).unwrap().remove(0);
            for (day, later) in [(3, 0), (28, 0), (17, 30_000)] {
                let start = jiff::civil::date(2020, 1, day).at(19, 30, 0, 0);
                let pattern = Pattern::new(Rule::read(&line).unwrap(), start, false);
                assert!(plain_frequency(pattern.rule()).is_some(), "{rule}");
                let from = start.saturating_add(jiff::SignedDuration::from_hours(later * 24));
                let until = from.saturating_add(jiff::SignedDuration::from_hours(2000 * 24));
                let (mut by_crate, mut by_day) = (vec![], vec![]);
                let mut steps = Steps::at_most(u64::MAX);
                let both = |at, list: &mut Vec<DateTime>| {
                    list.push(at);
                    true
                };
                pattern.each(from, until, &mut steps, |at| both(at, &mut by_crate)).unwrap();
                pattern.each_day(from, until, &mut steps, |at| both(at, &mut by_day)).unwrap();
                assert_eq!(by_crate, by_day, "{rule} from {from}");
                tried += by_day.len();
            }
        }
        assert!(tried > 10_000, "{tried}");
    }

    fn plain_rules() -> Vec<String> {
        let mut rules = Vec::new();
        for interval in [1, 2, 3, 7] {
            for rule in [
                "DAILY",
                "DAILY;BYHOUR=9,19;BYMINUTE=0,45",
                "WEEKLY",
                "WEEKLY;BYDAY=TU,TH,SU;WKST=SU",
                "WEEKLY;BYDAY=MO,SU;WKST=WE",
                "MONTHLY;BYDAY=1WE,-1FR,4SU",
                "MONTHLY;BYDAY=MO,TH",
                "MONTHLY;BYMONTHDAY=1,28",
                "YEARLY;BYMONTH=2,11;BYDAY=1SU,-2MO",
                "YEARLY;BYMONTH=6;BYDAY=SA",
                "YEARLY;BYMONTH=1,12;BYMONTHDAY=25",
            ] {
                rules.push(format!("FREQ={rule};INTERVAL={interval}"));
            }
        }
        rules.push("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR".to_owned());
        rules
    }
}
