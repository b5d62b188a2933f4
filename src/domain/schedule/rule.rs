//! A recurrence rule as written (RFC 5545 §3.3.10), validated part by part.

use jiff::civil::{DateTime, Weekday};

use super::date_or_time::DateOrTime;

/// How often a rule's period recurs; MINUTELY and SECONDLY are refused.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Frequency {
    Hourly,
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

/// When a rule ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Stop {
    Never,
    /// After this number of instances.
    Count(u32),
    /// With the last instance that starts at or before this time.
    Until(DateOrTime),
}

/// The parts of a rule. A part that is not given is an empty list.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) frequency: Frequency,
    pub(super) interval: i64,
    pub(super) stop: Stop,
    pub(super) months: Vec<i16>,
    pub(super) week_numbers: Vec<i16>,
    pub(super) year_days: Vec<i16>,
    pub(super) month_days: Vec<i16>,
    /// Weekdays, each with its ordinal; 0 means every one.
    pub(super) days: Vec<(i16, Weekday)>,
    pub(super) hours: Vec<i16>,
    pub(super) minutes: Vec<i16>,
    pub(super) seconds: Vec<i16>,
    pub(super) positions: Vec<i16>,
    pub(super) week_start: Weekday,
}

impl Rule {
    pub(super) fn new(frequency: Frequency) -> Self {
        Self {
            frequency,
            interval: 1,
            stop: Stop::Never,
            months: vec![],
            week_numbers: vec![],
            year_days: vec![],
            month_days: vec![],
            days: vec![],
            hours: vec![],
            minutes: vec![],
            seconds: vec![],
            positions: vec![],
            week_start: Weekday::Monday,
        }
    }

    /// Returns why a combination of parts is meaningless or ambiguous.
    pub(super) fn complaint(&self) -> Option<&'static str> {
        use Frequency::{Daily, Hourly, Monthly, Weekly, Yearly};
        let ordinals = self.days.iter().any(|(n, _)| *n != 0);
        let spills = |n: &i16| matches!(n.abs(), 1 | 52 | 53);
        if !self.week_numbers.is_empty() && self.frequency != Yearly {
            return Some("BYWEEKNO is only valid with FREQ=YEARLY");
        }
        if !self.year_days.is_empty() && matches!(self.frequency, Daily | Weekly | Monthly) {
            return Some("BYYEARDAY is only valid with FREQ=YEARLY or HOURLY");
        }
        if !self.month_days.is_empty() && self.frequency == Weekly {
            return Some("BYMONTHDAY is not valid with FREQ=WEEKLY");
        }
        if ordinals && matches!(self.frequency, Hourly | Daily | Weekly) {
            return Some("a numbered BYDAY such as 1FR is only valid with FREQ=MONTHLY or YEARLY");
        }
        if ordinals && !self.week_numbers.is_empty() {
            return Some("a numbered BYDAY such as 1FR is not valid with BYWEEKNO");
        }
        if !self.positions.is_empty() && !self.has_by_part() {
            return Some("BYSETPOS needs another BY part to select from");
        }
        if self.week_numbers.iter().any(spills) && (self.interval > 1 || !self.positions.is_empty())
        {
            return Some(
                "weeks 1, 52 and 53 of BYWEEKNO can lie in two years, so INTERVAL or BYSETPOS \
                 makes the rule ambiguous: write BYMONTH and BYDAY instead",
            );
        }
        None
    }

    fn has_by_part(&self) -> bool {
        let lists = [
            &self.months,
            &self.week_numbers,
            &self.year_days,
            &self.month_days,
            &self.hours,
            &self.minutes,
            &self.seconds,
        ];
        !self.days.is_empty() || lists.iter().any(|list| !list.is_empty())
    }

    /// Tells whether it has BYHOUR, BYMINUTE or BYSECOND.
    pub(super) fn has_times(&self) -> bool {
        [&self.hours, &self.minutes, &self.seconds].iter().any(|list| !list.is_empty())
    }

    /// Fills in the parts that follow from the first instance; whole days have no time.
    pub(super) fn fill(&mut self, start: DateTime, whole_days: bool) {
        let dated =
            !self.days.is_empty() || !self.month_days.is_empty() || !self.year_days.is_empty();
        match self.frequency {
            Frequency::Yearly if dated => {}
            Frequency::Yearly if !self.week_numbers.is_empty() => {
                self.days = vec![(0, start.weekday())];
            }
            Frequency::Yearly => {
                self.month_days = vec![start.day().into()];
                if self.months.is_empty() {
                    self.months = vec![start.month().into()];
                }
            }
            Frequency::Monthly if !dated => self.month_days = vec![start.day().into()],
            Frequency::Weekly if !dated => self.days = vec![(0, start.weekday())],
            _ => {}
        }
        if whole_days {
            (self.hours, self.minutes, self.seconds) = (vec![], vec![], vec![]);
        }
        let or_else = |list: &mut Vec<i16>, default: i8| {
            if list.is_empty() {
                list.push(default.into());
            }
        };
        if self.frequency != Frequency::Hourly {
            or_else(&mut self.hours, start.hour());
        }
        or_else(&mut self.minutes, start.minute());
        or_else(&mut self.seconds, start.second());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::schedule::{TimespecError, content_line::ContentLine};

    fn read(value: &str) -> Result<Rule, TimespecError> {
        Rule::read(&ContentLine::read_all(&format!("RRULE:{value}")).unwrap()[0])
    }

    #[test]
    fn parts_are_read_in_any_order_and_case() {
        let rule = read("byday=-1fr,+2MO,SA;FREQ=monthly;INTERVAL=2;WKST=SU;").unwrap();
        let days = [(-1, Weekday::Friday), (2, Weekday::Monday), (0, Weekday::Saturday)];
        assert_eq!(rule.days, days);
        assert_eq!((rule.frequency, rule.interval), (Frequency::Monthly, 2));
        assert_eq!(rule.week_start, Weekday::Sunday);
    }

    #[test]
    fn meaningless_or_ambiguous_rules_are_refused() {
        for bad in [
            "",
            ";",
            "BYDAY=MO",
            "FREQ=DAILY;FREQ=DAILY",
            "FREQ=FORTNIGHTLY",
            "FREQ=MINUTELY",
            "FREQ=SECONDLY",
            "FREQ=DAILY;INTERVAL=0",
            "FREQ=DAILY;INTERVAL=-1",
            "FREQ=DAILY;INTERVAL=99999999999999999999",
            "FREQ=DAILY;COUNT=0",
            "FREQ=DAILY;COUNT=3;UNTIL=20300101",
            "FREQ=DAILY;UNTIL=tomorrow",
            "FREQ=DAILY;BYMONTH=0",
            "FREQ=DAILY;BYMONTH=13",
            "FREQ=DAILY;BYHOUR=24",
            "FREQ=DAILY;BYHOUR=-1",
            "FREQ=DAILY;BYSECOND=60",
            "FREQ=MONTHLY;BYMONTHDAY=0",
            "FREQ=MONTHLY;BYMONTHDAY=32",
            "FREQ=MONTHLY;BYDAY=0MO",
            "FREQ=MONTHLY;BYDAY=54MO",
            "FREQ=MONTHLY;BYDAY=É",
            "FREQ=MONTHLY;BYDAY=1É",
            "FREQ=MONTHLY;BYDAY=Mİ",
            "FREQ=MONTHLY;BYDAY=",
            "FREQ=MONTHLY;BYDAY=MO,",
            "FREQ=MONTHLY;BYSETPOS=1",
            "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=0",
            "FREQ=MONTHLY;BYWEEKNO=3",
            "FREQ=MONTHLY;BYYEARDAY=3",
            "FREQ=WEEKLY;BYMONTHDAY=3",
            "FREQ=WEEKLY;BYDAY=1MO",
            "FREQ=YEARLY;BYWEEKNO=20;BYDAY=1MO",
            "FREQ=YEARLY;BYWEEKNO=53;INTERVAL=2",
            "FREQ=YEARLY;RSCALE=CHINESE",
            "FREQ=YEARLY;BYEASTER=0",
            "FREQ=YEARLY;X-FOO=1",
            "FREQ",
        ] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }
}
