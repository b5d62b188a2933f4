//! Random rules of every legal kind, the same in every run.

use std::fmt;

use jiff::{
    Timestamp, ToSpan as _,
    civil::{DateTime, date},
    tz::TimeZone,
};
use space::domain::schedule::{Timespec, Window};

use crate::random::Random;

/// Zones whose clocks change at two, at one, at midnight, by half an hour, by a day, and never.
const ZONES: [&str; 8] = [
    "America/Chicago",
    "Europe/London",
    "Australia/Lord_Howe",
    "America/Santiago",
    "America/Havana",
    "Pacific/Apia",
    "Asia/Beirut",
    "UTC",
];

const DAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/// A rule with its DTSTART.
pub(crate) struct Generated {
    pub(crate) zone: &'static str,
    pub(crate) start: DateTime,
    pub(crate) rule: String,
    /// The window in which instances are compared.
    pub(crate) window: Window,
}

impl Generated {
    /// Makes several hundred rules.
    pub(crate) fn many(seed: u64, count: usize) -> Vec<Self> {
        let mut random = Random(seed);
        let mut all = Vec::new();
        while all.len() < count {
            let one = Self::one(&mut random);
            // Ambiguous rules are refused; see the tests of the rule itself.
            if Timespec::parse(&one.calendar(), &TimeZone::UTC).is_ok() {
                all.push(one);
            }
        }
        all
    }

    /// Returns a calendar of one event that lasts a second, so that no two instances touch.
    pub(crate) fn calendar(&self) -> String {
        format!(
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART;TZID={}:{}\nDURATION:PT1S\n\
             RRULE:{}\nEND:VEVENT\nEND:VCALENDAR\n",
            self.zone,
            self.start.strftime("%Y%m%dT%H%M%S"),
            self.rule
        )
    }

    /// Returns the starts that the library finds in the window.
    pub(crate) fn starts(&self) -> Vec<Timestamp> {
        let timespec = Timespec::parse(&self.calendar(), &TimeZone::UTC).expect("it was read once");
        timespec.intervals(self.window).iter().map(|event| event.start).collect()
    }

    fn one(random: &mut Random) -> Self {
        let frequency = *random.pick(&["HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"]);
        let mut parts = vec![format!("FREQ={frequency}")];
        if random.one_in(2) {
            parts.push(format!("INTERVAL={}", random.within(1, 5)));
        }
        if random.one_in(3) {
            parts.push(format!("WKST={}", random.pick(&DAYS)));
        }
        let hourly = frequency == "HOURLY";
        let year = frequency == "YEARLY";
        if random.one_in(3) {
            parts.push(list(random, "BYMONTH", 1, 12, false));
        }
        if year && random.one_in(5) {
            parts.push(list(random, "BYWEEKNO", 1, 53, true));
        }
        if (year || hourly) && random.one_in(6) {
            parts.push(list(random, "BYYEARDAY", 1, 366, true));
        }
        if frequency != "WEEKLY" && random.one_in(3) {
            parts.push(list(random, "BYMONTHDAY", 1, 31, true));
        }
        if random.one_in(2) {
            let ordinals = (year || frequency == "MONTHLY") && random.one_in(2);
            parts.push(days(random, ordinals, year));
        }
        if random.one_in(if hourly { 3 } else { 6 }) {
            parts.push(list(random, "BYHOUR", 0, 23, false));
        }
        if random.one_in(8) {
            parts.push(list(random, "BYMINUTE", 0, 59, false));
        }
        if random.one_in(12) {
            parts.push(list(random, "BYSECOND", 0, 59, false));
        }
        if parts.iter().any(|part| part.starts_with("BY")) && random.one_in(4) {
            parts.push(list(random, "BYSETPOS", 1, 6, true));
        }
        let zone = *random.pick(&ZONES);
        let at = [(0, 0), (0, 30), (1, 30), (2, 0), (2, 30), (9, 0), (19, 0), (23, 45)];
        let (hour, minute) = *random.pick(&at);
        let day = date(2010, 1, 1).saturating_add(random.within(0, 4000).days());
        let start = day.at(hour, minute, 0, 0);
        match random.below(4) {
            0 => parts.push(format!("COUNT={}", random.within(1, 40))),
            1 => {
                let until = start.saturating_add(random.within(0, 2000).days());
                parts.push(format!("UNTIL={}", until.strftime("%Y%m%dT%H%M%SZ")));
            }
            _ => {}
        }
        // From the beginning, or decades later; long enough for a rare rule, short for a frequent
        // one.
        let most = match frequency {
            "YEARLY" | "MONTHLY" => 15_000,
            "WEEKLY" | "DAILY" => 4000,
            _ => 400,
        };
        let later = if random.one_in(3) { random.within(most / 2, most) } else { 0 };
        let length = if hourly { 100 } else { 1500 };
        let from = day.saturating_add((later - 10).days()).in_tz("UTC").expect("it is in range");
        let until = from.saturating_add(length.days());
        let window = Window { from: from.timestamp(), until: until.timestamp() };
        Self { zone, start, rule: parts.join(";"), window }
    }
}

impl fmt::Display for Generated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { zone, start, rule, window } = self;
        write!(f, "{rule} from {start} {zone}, {} to {}", window.from, window.until)
    }
}

fn list(random: &mut Random, name: &str, from: i64, to: i64, signed: bool) -> String {
    let values: Vec<String> = (0..random.within(1, 3))
        .map(|_| {
            let sign = if signed && random.one_in(3) { "-" } else { "" };
            format!("{sign}{}", random.within(from, to))
        })
        .collect();
    format!("{name}={}", values.join(","))
}

fn days(random: &mut Random, ordinals: bool, year: bool) -> String {
    let values: Vec<String> = (0..random.within(1, 4))
        .map(|_| {
            let day = random.pick(&DAYS);
            if !ordinals || random.one_in(4) {
                return (*day).to_owned();
            }
            let sign = *random.pick(&["", "-", "+"]);
            let most = if year && random.one_in(3) { 53 } else { 5 };
            format!("{sign}{}{day}", random.within(1, most))
        })
        .collect();
    format!("BYDAY={}", values.join(","))
}
