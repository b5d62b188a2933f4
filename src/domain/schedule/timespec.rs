//! `always`, or the events of a calendar, ready to be expanded for any window of time.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp, tz::TimeZone};

use super::{
    Interval, TimespecError, Window, component::Component, event::Event,
    parse_context::ParseContext, series, steps::Steps,
};

/// The maximum length of a calendar text, in bytes.
const LONGEST: usize = 256 * 1024;

/// The maximum number of steps for counting instances, or for expanding [`COMPILED_DAYS`]. A step
/// takes about 20 ns on a desktop machine and 150 ns on a Raspberry Pi.
const MOST_STEPS: u64 = 500_000;

/// The number of days that an index is compiled for: one back, and fourteen ahead.
const COMPILED_DAYS: i64 = 15;

/// How far `next` looks ahead, in days; it stops at the first stretch with enough events.
const LOOK_AHEAD: [i64; 3] = [32, 366, 5 * 366];

/// When a requirement is active (requirements.md D-48).
#[derive(Clone, Debug)]
pub struct Timespec {
    /// `None` stands for `always`.
    events: Option<Vec<Event>>,
    warnings: Vec<String>,
    cost: u64,
}

impl Timespec {
    /// Reads `always` or a calendar; `zone` is the space's, for floating and all-day times.
    ///
    /// # Errors
    /// Refuses what cannot be evaluated in bounded time, with its line in the text.
    pub fn parse(text: &str, zone: &TimeZone) -> Result<Self, TimespecError> {
        if text == "always" {
            return Ok(Self { events: None, warnings: vec![], cost: 0 });
        }
        if text.len() > LONGEST {
            let message = format!("the calendar is longer than {} KiB", LONGEST / 1024);
            return Err(TimespecError::whole(message));
        }
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if text.trim().eq_ignore_ascii_case("always") {
            return Err(TimespecError::whole("write `always` in lower case, without blanks"));
        }
        let calendar = Component::read(text)?;
        check_calendar(&calendar)?;
        let mut reading = ParseContext::new(&calendar, zone, MOST_STEPS)?;
        let events = series::read(&calendar, &mut reading)?;
        let cost = events.iter().fold(0_u64, |sum, e| sum.saturating_add(e.cost(COMPILED_DAYS)));
        if cost > MOST_STEPS {
            let message = "expanding these events takes too long: \
                           make them fewer, shorter or less frequent";
            return Err(TimespecError::whole(message));
        }
        let cost = cost + reading.steps.taken + reading.spare.taken;
        Ok(Self { events: Some(events), warnings: reading.warnings, cost })
    }

    /// Returns the events that overlap a window, sorted by start and not cut at its edges.
    ///
    /// Overlapping events are merged; if one ends as the next begins, they stay separate. `always`
    /// is one event, [`Interval::ALWAYS`].
    #[must_use]
    pub fn intervals(&self, window: Window) -> Vec<Interval> {
        self.work_out(window).0
    }

    /// Tells whether an event is active at an instant.
    #[must_use]
    pub fn is_on(&self, at: Timestamp) -> bool {
        let until = at.saturating_add(SignedDuration::from_nanos(1)).unwrap_or(Timestamp::MAX);
        self.intervals(Window { from: at, until }).iter().any(|event| event.contains(at))
    }

    /// Returns the current event and those that follow, `count` in all, looking at most five years
    /// ahead.
    #[must_use]
    pub fn next(&self, after: Timestamp, count: usize) -> Vec<Interval> {
        let mut found = Vec::new();
        for days in LOOK_AHEAD {
            let ahead = SignedDuration::from_hours(24 * days);
            let until = after.saturating_add(ahead).unwrap_or(Timestamp::MAX);
            found = self.intervals(Window { from: after, until });
            // The last one may still be merged with a later one.
            if found.len() > count {
                break;
            }
        }
        found.truncate(count);
        found
    }

    /// Returns how far [`Timespec::next`] looks ahead.
    #[must_use]
    pub fn horizon(after: Timestamp) -> Timestamp {
        let days = LOOK_AHEAD.last().copied().unwrap_or_default();
        after.saturating_add(SignedDuration::from_hours(24 * days)).unwrap_or(Timestamp::MAX)
    }

    /// Returns an instant before which it is never active; `None` for `always`.
    #[must_use]
    pub fn begins(&self) -> Option<Timestamp> {
        self.events.as_ref()?.iter().map(Event::begins).min()
    }

    /// Returns an instant from which it is never active again; `None` if it goes on for ever.
    #[must_use]
    pub fn ends(&self) -> Option<Timestamp> {
        let events = self.events.as_ref()?;
        events.iter().try_fold(Timestamp::MIN, |last, event| Some(last.max(event.ends()?)))
    }

    /// Returns how many steps it takes at most to read it and to expand it for an index, whenever that
    /// is.
    #[must_use]
    pub const fn cost(&self) -> u64 {
        self.cost
    }

    /// Returns warnings about ambiguous parts, as sentences.
    #[must_use]
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }

    fn work_out(&self, window: Window) -> (Vec<Interval>, u64) {
        let Some(events) = &self.events else { return (vec![Interval::ALWAYS], 0) };
        let mut steps = Steps::at_most(u64::MAX);
        let mut found = Vec::new();
        if window.from < window.until {
            for event in events {
                // Without a limit, the steps cannot run out.
                let _ = event.each(window.from, window.until, &mut steps, |i| found.push(i));
            }
        }
        found.sort_unstable();
        let mut merged: Vec<Interval> = Vec::with_capacity(found.len());
        for next in found {
            match merged.last_mut() {
                Some(last) if next.start < last.end || next == *last => {
                    last.end = last.end.max(next.end);
                }
                _ => merged.push(next),
            }
        }
        (merged, steps.taken)
    }
}

fn check_calendar(calendar: &Component) -> Result<(), TimespecError> {
    let expected = HashMap::from([("VERSION", "2.0"), ("CALSCALE", "GREGORIAN")]);
    for (name, value) in expected {
        if let Some(line) = calendar.one(name)?
            && !line.value.trim().eq_ignore_ascii_case(value)
        {
            return Err(
                line.refuse_value(&line.value, &format!("{name} (only {value} is supported)"))
            );
        }
    }
    match calendar.one("METHOD")? {
        Some(line) if line.value.trim().eq_ignore_ascii_case("CANCEL") => {
            Err(line.refuse("this calendar cancels events (METHOD:CANCEL) and contains none"))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calendar(rule: &str, start: &str, duration: &str) -> String {
        format!(
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;TZID=America/Chicago:{start}\n\
             DURATION:{duration}\nRRULE:{rule}\nEND:VEVENT\nEND:VCALENDAR\n"
        )
    }

    /// Expanding two weeks never takes more steps than the gate allows for, whenever they are;
    /// that bounds the time on any machine.
    #[test]
    fn two_weeks_never_take_more_steps_than_the_gate_allows() {
        let every = |n: u32| (0..n).map(|i| i.to_string()).collect::<Vec<_>>().join(",");
        let mut accepted = 0;
        for rule in [
            "HOURLY".to_owned(),
            "HOURLY;INTERVAL=5;BYMONTH=2;BYMONTHDAY=30".to_owned(),
            format!("HOURLY;BYMINUTE={}", every(60)),
            format!("DAILY;BYHOUR={};BYMINUTE={}", every(24), every(60)),
            format!("DAILY;BYHOUR={};BYMINUTE={};BYSECOND=0,30", every(24), every(60)),
            format!("YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYHOUR={};BYSETPOS=-1", every(24)),
            format!("YEARLY;BYMONTH=1,12;BYMONTHDAY=1,28;BYHOUR={}", every(24)),
            "YEARLY;BYWEEKNO=1,53;BYDAY=SU".to_owned(),
            "YEARLY;INTERVAL=100000".to_owned(),
            "YEARLY;BYMONTH=2;BYMONTHDAY=30".to_owned(),
            "MONTHLY;BYDAY=5MO;BYSETPOS=1;INTERVAL=13".to_owned(),
            "MONTHLY;BYDAY=-5FR,SA,1MO".to_owned(),
            "WEEKLY;INTERVAL=52;BYMONTH=1;WKST=SU".to_owned(),
            "DAILY;INTERVAL=7;BYDAY=MO".to_owned(),
            "DAILY".to_owned(),
            "MONTHLY".to_owned(),
        ] {
            for (start, duration) in [
                ("20200101T003000", "PT1S"),
                ("16000131T233000", "P360D"),
                ("20210314T023000", "P1D"),
            ] {
                let text = calendar(&format!("FREQ={rule}"), start, duration);
                let Ok(timespec) = Timespec::parse(&text, &TimeZone::UTC) else { continue };
                accepted += 1;
                for year in [1601, 1970, 2020, 2026, 5000, 9997] {
                    let from = jiff::civil::date(year, 12, 25).to_zoned(TimeZone::UTC).unwrap();
                    let from = from.timestamp();
                    let until = from + SignedDuration::from_hours(24 * COMPILED_DAYS);
                    let (_, taken) = timespec.work_out(Window { from, until });
                    let cost: u64 =
                        timespec.events.iter().flatten().map(|e| e.cost(COMPILED_DAYS)).sum();
                    assert!(taken <= cost, "{rule} in {year}: {taken} steps, not {cost}");
                    assert!(cost <= MOST_STEPS, "{rule}: {cost}");
                }
            }
        }
        assert!(accepted > 30, "{accepted}");
    }

    #[test]
    fn an_event_that_repeats_may_last_a_year_and_no_longer() {
        let read = |duration| {
            let text = calendar("FREQ=YEARLY;INTERVAL=2", "20200101T000000", duration);
            Timespec::parse(&text, &TimeZone::UTC)
        };
        assert!(read("P365D").is_ok());
        assert!(read("P365DT1S").unwrap_err().message.contains("at most a year"));
    }

    /// Two computations that are compared may both be wrong in the same way.
    #[test]
    fn a_month_is_the_month_that_is_meant() {
        for (rule, days) in [
            ("MONTHLY;BYMONTHDAY=31", ["2021-01-31", "2021-03-31", "2021-05-31"]),
            ("MONTHLY;INTERVAL=5;BYDAY=-1SU", ["2021-01-31", "2021-06-27", "2021-11-28"]),
            ("YEARLY;BYWEEKNO=-1;BYDAY=SU", ["2022-01-02", "2023-01-01", "2023-12-31"]),
        ] {
            let start = if rule.starts_with('Y') { "20220102T100000" } else { "20210131T100000" };
            let text = calendar(&format!("FREQ={rule}"), start, "PT1H");
            let timespec = Timespec::parse(&text, &TimeZone::UTC).unwrap();
            let from = "2021-01-01T00:00:00Z".parse().unwrap();
            let until = "2025-01-01T00:00:00Z".parse().unwrap();
            let found = timespec.intervals(Window { from, until });
            let found: Vec<_> =
                found.iter().take(3).map(|it| it.start.to_string()[..10].to_owned()).collect();
            assert_eq!(found, days, "{rule}");
        }
    }

    #[test]
    fn how_long_ago_a_rule_began_does_not_matter() {
        let window = |year: i16| {
            let from = jiff::civil::date(year, 6, 1).to_zoned(TimeZone::UTC).unwrap().timestamp();
            Window { from, until: from + SignedDuration::from_hours(24 * COMPILED_DAYS) }
        };
        for rule in
            ["HOURLY", "DAILY", "WEEKLY;BYDAY=TU", "MONTHLY;BYDAY=2TU", "YEARLY;BYWEEKNO=23"]
        {
            let text = calendar(&format!("FREQ={rule}"), "19700106T100000", "PT1H");
            let timespec = Timespec::parse(&text, &TimeZone::UTC).unwrap();
            let (soon, late) =
                (timespec.work_out(window(1971)).1, timespec.work_out(window(9971)).1);
            assert!(late <= soon + 31, "{rule}: {soon} steps, 8000 years later {late}");
        }
    }
}
