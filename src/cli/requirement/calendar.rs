//! A timespec on the command line: `always`, a file, or the usual cases without a file.

use std::fmt::Write as _;

use clap::ValueEnum;
use jiff::{
    civil::{Date, Time, Weekday},
    tz::TimeZone,
};

use crate::{
    cli::{CliError, Context, timespec, when},
    domain::{model::Tag, schedule::Timespec},
};

/// The flags by which a timespec is given.
#[derive(clap::Args, Debug, Clone, Default)]
pub(super) struct CalendarArgs {
    /// `always`, a calendar file, or `-` for standard input
    #[arg(value_name = "always|FILE.ics", conflicts_with_all = ["every", "on"])]
    pub timespec: Option<String>,

    /// Each week on these days, like wed or sat,sun
    #[arg(long, value_name = "DAYS", value_enum, value_delimiter = ',', requires_all = ["from", "to"])]
    pub every: Vec<Day>,

    /// Once, on this day
    #[arg(long, value_name = "DAY", allow_hyphen_values = true, conflicts_with = "every", requires_all = ["from", "to"])]
    pub on: Option<String>,

    /// The local time at which it begins, like 19:00
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub from: Option<Time>,

    /// The local time at which it ends; the next day's if it is not later
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub to: Option<Time>,

    /// The first day of the weekly ones; today unless given
    #[arg(long, value_name = "DAY", allow_hyphen_values = true, requires = "every")]
    pub starting: Option<String>,

    /// The last day of the weekly ones
    #[arg(long, value_name = "DAY", allow_hyphen_values = true, requires = "every")]
    pub until: Option<String>,
}

/// A day of the week.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(super) enum Day {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

impl Day {
    const fn weekday(self) -> Weekday {
        match self {
            Self::Mon => Weekday::Monday,
            Self::Tue => Weekday::Tuesday,
            Self::Wed => Weekday::Wednesday,
            Self::Thu => Weekday::Thursday,
            Self::Fri => Weekday::Friday,
            Self::Sat => Weekday::Saturday,
            Self::Sun => Weekday::Sunday,
        }
    }

    const fn code(self) -> &'static str {
        match self {
            Self::Mon => "MO",
            Self::Tue => "TU",
            Self::Wed => "WE",
            Self::Thu => "TH",
            Self::Fri => "FR",
            Self::Sat => "SA",
            Self::Sun => "SU",
        }
    }
}

impl CalendarArgs {
    /// Returns the text of the timespec, if one was given.
    ///
    /// # Errors
    /// That a file cannot be read or is no timespec, or that a day is none.
    pub(super) fn text(
        &self,
        ctx: &Context,
        zone: &TimeZone,
        tag: &Tag,
    ) -> Result<Option<String>, CliError> {
        if let Some(given) = &self.timespec {
            let text = timespec::text(given)?;
            // Here the line is one of the file that was given; later it is one of a record.
            Timespec::parse(&text, zone).map_err(|refusal| timespec::invalid(given, &refusal))?;
            return Ok(Some(text));
        }
        let (Some(from), Some(to)) = (self.from, self.to) else { return Ok(None) };
        let day = |text: &str| when::day(text, zone, ctx.now);
        let (first, rule) = if let Some(on) = &self.on {
            (day(on)?, None)
        } else if self.every.is_empty() {
            return Err(CliError::user("--from and --to need --every DAYS or --on DAY"));
        } else {
            let starting = day(self.starting.as_deref().unwrap_or("today"))?;
            let until = self.until.as_deref().map(day).transpose()?;
            (first_of(starting, &self.every), Some(rule(&self.every, until)))
        };
        Ok(Some(event(tag, zone, first, (from, to), rule.as_deref(), ctx.now)))
    }
}

/// Returns the first day from a date on that is one of the given days of the week.
fn first_of(starting: Date, days: &[Day]) -> Date {
    let week = std::iter::successors(Some(starting), |day| day.tomorrow().ok()).take(7);
    week.into_iter()
        .find(|date| days.iter().any(|day| day.weekday() == date.weekday()))
        .unwrap_or(starting)
}

fn rule(days: &[Day], until: Option<Date>) -> String {
    let days: Vec<&str> = days.iter().map(|day| day.code()).collect();
    let until = until.map(|day| format!(";UNTIL={}", day.strftime("%Y%m%d"))).unwrap_or_default();
    format!("RRULE:FREQ=WEEKLY;BYDAY={}{until}", days.join(","))
}

fn event(
    tag: &Tag,
    zone: &TimeZone,
    first: Date,
    (from, to): (Time, Time),
    rule: Option<&str>,
    now: jiff::Timestamp,
) -> String {
    let last = if to > from { first } else { first.tomorrow().unwrap_or(first) };
    let zone = zone.iana_name().map(|name| format!(";TZID={name}")).unwrap_or_default();
    let local =
        |date: Date, time: Time| date.to_datetime(time).strftime("%Y%m%dT%H%M%S").to_string();
    let mut text =
        String::from("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//space//EN\nBEGIN:VEVENT\n");
    let stamp = now.strftime("%Y%m%dT%H%M%SZ");
    // Writing to a String cannot fail.
    let _ = writeln!(text, "UID:{tag}\nDTSTAMP:{stamp}");
    let _ = writeln!(text, "DTSTART{zone}:{}", local(first, from));
    let _ = writeln!(text, "DTEND{zone}:{}", local(last, to));
    if let Some(rule) = rule {
        let _ = writeln!(text, "{rule}");
    }
    text.push_str("END:VEVENT\nEND:VCALENDAR\n");
    text
}

fn time(text: &str) -> Result<Time, String> {
    text.parse().map_err(|_| format!("`{text}` is no time of day: write 19:00"))
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;

    #[test]
    fn what_is_composed_is_a_timespec_that_means_it() {
        let zone = TimeZone::get("Europe/London").unwrap();
        let now = "2026-03-02T18:00:00Z".parse().unwrap();
        let tag: Tag = "t".parse().unwrap();
        let first = first_of(date(2026, 3, 2), &[Day::Wed, Day::Sun]);
        assert_eq!(first, date(2026, 3, 4));
        let rule = rule(&[Day::Wed, Day::Sun], Some(date(2026, 4, 1)));
        let hours = (time(22, 0, 0, 0), time(1, 0, 0, 0));
        let text = event(&tag, &zone, first, hours, Some(&rule), now);
        let timespec = Timespec::parse(&text, &zone).unwrap();
        for (at, on) in [
            ("2026-03-04T21:59:59Z", false),
            ("2026-03-04T22:00:00Z", true),
            ("2026-03-05T00:59:59Z", true),
            ("2026-03-05T01:00:00Z", false),
            ("2026-03-08T23:00:00Z", true),
            ("2026-04-01T21:30:00Z", true),
            ("2026-04-05T21:30:00Z", false),
        ] {
            assert_eq!(timespec.is_on(at.parse().unwrap()), on, "{at}\n{text}");
        }
    }
}
