//! The local days within a window of time, so that a decision needs no time zone.

use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};

use crate::domain::schedule::Window;

/// The days that begin before a window ends, each with its first instant.
#[derive(Debug)]
pub(super) struct Days {
    window: Window,
    starts: Vec<(Timestamp, Date)>,
}

impl Days {
    pub(super) fn new(zone: &TimeZone, window: Window) -> Self {
        let mut starts = Vec::new();
        let mut date = zone.to_datetime(window.from).date();
        while let Ok(start) = date.to_zoned(zone.clone()) {
            if start.timestamp() >= window.until {
                break;
            }
            starts.push((start.timestamp(), date));
            match date.checked_add(1.day()) {
                Ok(next) => date = next,
                Err(_) => break,
            }
        }
        Self { window, starts }
    }

    /// Returns the local day at an instant; `None` outside the window.
    pub(super) fn at(&self, now: Timestamp) -> Option<Date> {
        if now < self.window.from || now >= self.window.until {
            return None;
        }
        let next = self.starts.partition_point(|(start, _)| *start <= now);
        Some(self.starts.get(next.checked_sub(1)?)?.1)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_day_begins_at_local_midnight_and_a_window_ends() {
        let zone = TimeZone::get("America/Chicago").unwrap();
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let window = Window { from: at("2026-03-06T12:00:00Z"), until: at("2026-03-12T12:00:00Z") };
        let days = Days::new(&zone, window);
        for (now, day) in [
            ("2026-03-06T11:59:59Z", None),
            ("2026-03-06T12:00:00Z", Some(date(2026, 3, 6))),
            ("2026-03-08T05:59:59Z", Some(date(2026, 3, 7))),
            ("2026-03-08T06:00:00Z", Some(date(2026, 3, 8))),
            // the day on which the clocks go forward has 23 hours
            ("2026-03-09T04:59:59Z", Some(date(2026, 3, 8))),
            ("2026-03-09T05:00:00Z", Some(date(2026, 3, 9))),
            ("2026-03-12T12:00:00Z", None),
        ] {
            assert_eq!(days.at(at(now)), day, "{now}");
        }
    }
}
