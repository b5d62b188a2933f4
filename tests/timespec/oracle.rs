//! A slow second opinion, written straight from the table of RFC 5545 §3.3.10.
//!
//! It walks from DTSTART through every period, and lets the BY parts expand or limit the set in
//! each, in the order of the RFC. It shares no code with the library.

#![allow(clippy::unwrap_used, reason = "every function here serves a test")]

use std::collections::{BTreeMap, BTreeSet};

use jiff::{
    Timestamp, ToSpan as _,
    civil::{Date, DateTime, Weekday},
    tz::{AmbiguousOffset, TimeZone},
};

use crate::generated::Generated;

#[test]
fn the_library_agrees_with_the_table_of_the_rfc() {
    let mut wrong = Vec::new();
    let mut instances = 0;
    for case in Generated::many(5545, 500) {
        let (mine, theirs) = (expected(&case), case.starts());
        instances += mine.len();
        if mine != theirs {
            let differ = mine.iter().zip(&theirs).position(|(a, b)| a != b);
            let at = differ.unwrap_or(mine.len().min(theirs.len()));
            let (here, there) = (theirs.get(at), mine.get(at));
            wrong.push(format!("{case}: {here:?} instead of {there:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} differ\n{}", wrong.len(), wrong.join("\n"));
    assert!(instances > 10_000, "only {instances} instances were compared");
}

/// Returns the starts in the window.
fn expected(case: &Generated) -> Vec<Timestamp> {
    let parts: BTreeMap<&str, &str> =
        case.rule.split(';').map(|part| part.split_once('=').unwrap()).collect();
    let zone = TimeZone::get(case.zone).unwrap();
    let walk = Walk { parts: &parts, start: case.start };
    let until = parts.get("UNTIL").map(|text| {
        let at = DateTime::strptime("%Y%m%dT%H%M%SZ", text).unwrap();
        at.to_zoned(TimeZone::UTC).unwrap().timestamp()
    });
    let mut left: usize = parts.get("COUNT").map_or(usize::MAX, |n| n.parse().unwrap());
    let mut found = BTreeSet::new();
    // DTSTART is always the first instance, and it counts.
    let named = walk.period(case.start).contains(&case.start);
    if !named {
        found.insert(zone.to_timestamp(case.start).unwrap());
        left -= 1;
    }
    let mut period = case.start;
    let last = zone.to_datetime(case.window.until).saturating_add(2.days());
    'walk: while walk.first_of(period) <= last {
        for at in walk.period(period) {
            let ambiguous = zone.to_ambiguous_timestamp(at);
            let skipped = matches!(ambiguous.offset(), AmbiguousOffset::Gap { .. });
            if at < case.start || skipped {
                continue;
            }
            let instant = ambiguous.earlier().unwrap();
            if left == 0 || until.is_some_and(|until| instant > until) {
                break 'walk;
            }
            left -= 1;
            found.insert(instant);
        }
        period = walk.after(period);
    }
    found.into_iter().filter(|at| case.window.from <= *at && *at < case.window.until).collect()
}

struct Walk<'a> {
    parts: &'a BTreeMap<&'a str, &'a str>,
    start: DateTime,
}

impl Walk<'_> {
    fn has(&self, name: &str) -> bool {
        self.parts.contains_key(name)
    }

    fn numbers(&self, name: &str) -> Vec<i64> {
        self.parts[name].split(',').map(|n| n.parse().unwrap()).collect()
    }

    fn frequency(&self) -> &str {
        self.parts["FREQ"]
    }

    fn week_start(&self) -> Weekday {
        weekday(self.parts.get("WKST").unwrap_or(&"MO"))
    }

    /// Returns the first moment of the period that contains a moment.
    fn first_of(&self, at: DateTime) -> DateTime {
        let day = at.date();
        match self.frequency() {
            "HOURLY" => day.at(at.hour(), 0, 0, 0),
            "DAILY" => day.at(0, 0, 0, 0),
            "WEEKLY" => self.week_of(day)[0].at(0, 0, 0, 0),
            "MONTHLY" => day.first_of_month().at(0, 0, 0, 0),
            _ => day.first_of_year().at(0, 0, 0, 0),
        }
    }

    fn after(&self, at: DateTime) -> DateTime {
        let n: i64 = self.parts.get("INTERVAL").map_or(1, |n| n.parse().unwrap());
        let span = match self.frequency() {
            "HOURLY" => n.hours(),
            "DAILY" => n.days(),
            "WEEKLY" => n.weeks(),
            "MONTHLY" => n.months(),
            _ => n.years(),
        };
        self.first_of(at) + span
    }

    fn week_of(&self, day: Date) -> Vec<Date> {
        let mut first = day;
        while first.weekday() != self.week_start() {
            first = first.yesterday().unwrap();
        }
        (0..7).map(|n| first + n.days()).collect()
    }

    /// Returns the set of one period, in order.
    fn period(&self, at: DateTime) -> Vec<DateTime> {
        let first = self.first_of(at);
        let mut set: Vec<DateTime> =
            self.dates(first.date()).into_iter().flat_map(|day| self.times(day, first)).collect();
        set.sort();
        set.dedup();
        if self.has("BYSETPOS") {
            let mut kept = BTreeSet::new();
            for n in self.numbers("BYSETPOS") {
                let at = if n > 0 { n - 1 } else { set.len() as i64 + n };
                if (0..set.len() as i64).contains(&at) {
                    kept.insert(set[at as usize]);
                }
            }
            set = kept.into_iter().collect();
        }
        set
    }

    fn dates(&self, first: Date) -> Vec<Date> {
        let frequency = self.frequency();
        let short = matches!(frequency, "HOURLY" | "DAILY");
        // What the rule leaves open comes from DTSTART: month, day, or weekday.
        let mut set: Vec<Date> = match frequency {
            "HOURLY" | "DAILY" => vec![first],
            "WEEKLY" => self.week_of(first),
            "MONTHLY" => days_until(first, first.last_of_month()),
            _ => days_until(first, first.last_of_year()),
        };
        let start = self.start.date();
        let by_day_number = self.has("BYMONTHDAY") || self.has("BYYEARDAY");
        if self.has("BYMONTH") {
            let months = self.numbers("BYMONTH");
            set.retain(|day| months.contains(&day.month().into()));
        } else if frequency == "YEARLY"
            && !by_day_number
            && !self.has("BYDAY")
            && !self.has("BYWEEKNO")
        {
            set.retain(|day| day.month() == start.month());
        }
        if self.has("BYWEEKNO") {
            let numbers = self.numbers("BYWEEKNO");
            set.retain(|day| self.week_numbers(*day).iter().any(|n| numbers.contains(n)));
        }
        if self.has("BYYEARDAY") {
            let numbers = self.numbers("BYYEARDAY");
            set.retain(|day| either(day.day_of_year(), day.days_in_year(), &numbers));
        }
        if self.has("BYMONTHDAY") {
            let numbers = self.numbers("BYMONTHDAY");
            set.retain(|day| either(day.day().into(), day.days_in_month().into(), &numbers));
        }
        if self.has("BYDAY") {
            set.retain(|day| self.by_day(*day));
        } else if frequency == "WEEKLY" || self.has("BYWEEKNO") && !by_day_number {
            set.retain(|day| day.weekday() == start.weekday());
        } else if !short && !by_day_number {
            set.retain(|day| day.day() == start.day());
        }
        set
    }

    /// Notes 1 and 2 of the table: an ordinal counts within the month or the year.
    fn by_day(&self, day: Date) -> bool {
        let in_month = self.frequency() == "MONTHLY" || self.has("BYMONTH");
        let same_scope = |other: &Date| {
            other.year() == day.year() && (!in_month || other.month() == day.month())
        };
        let count = |step: i64| {
            (1..60).map(|n| day + (n * step).weeks()).take_while(same_scope).count() as i64 + 1
        };
        self.parts["BYDAY"].split(',').any(|text| {
            let (ordinal, name) = text.split_at(text.len() - 2);
            day.weekday() == weekday(name)
                && match ordinal.parse::<i64>() {
                    Err(_) => true,
                    Ok(n) if n > 0 => count(-1) == n,
                    Ok(n) => count(1) == -n,
                }
        })
    }

    /// Week one is the first with four days in its year; found by counting weeks.
    fn week_numbers(&self, day: Date) -> [i64; 2] {
        let week = self.week_of(day);
        let year = week[3].year();
        let inside =
            |first: &Date| (0..7).filter(|n| (*first + n.days()).year() == year).count() >= 4;
        let count = |step: i64| {
            (1..60).map(|n| week[0] + (n * step).weeks()).take_while(inside).count() as i64 + 1
        };
        [count(-1), -count(1)]
    }

    fn times(&self, day: Date, first: DateTime) -> Vec<DateTime> {
        let of = |name: &str, default: i8| {
            if self.has(name) { self.numbers(name) } else { vec![default.into()] }
        };
        let mut hours = of("BYHOUR", self.start.hour());
        if self.frequency() == "HOURLY" {
            let here = i64::from(first.hour());
            let limited = self.has("BYHOUR") && !hours.contains(&here);
            hours = if limited { vec![] } else { vec![here] };
        }
        let mut times = Vec::new();
        for hour in &hours {
            for minute in of("BYMINUTE", self.start.minute()) {
                for second in of("BYSECOND", self.start.second()) {
                    times.push(day.at(*hour as i8, minute as i8, second as i8, 0));
                }
            }
        }
        times
    }
}

fn either(number: i16, last: i16, of: &[i64]) -> bool {
    of.contains(&number.into()) || of.contains(&i64::from(number - last - 1))
}

fn days_until(first: Date, last: Date) -> Vec<Date> {
    first.series(1.day()).take_while(|day| *day <= last).collect()
}

fn weekday(name: &str) -> Weekday {
    let names = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    let at = names.iter().position(|n| *n == name).unwrap();
    Weekday::from_monday_zero_offset(at as i8).unwrap()
}
