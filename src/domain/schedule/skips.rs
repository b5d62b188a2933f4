//! What an event leaves out: EXDATE, and overridden instances (RFC 5545 §3.8.5.1).

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp, civil::Date};

use super::{
    TimespecError, content_line::ContentLine, date_or_time::DateOrTime, zone::Zone,
    zones::ZonedMoment,
};

/// Starts that do not take place, as instants or as whole days of the event's zone.
#[derive(Clone, Default, Debug)]
pub(super) struct Skips {
    instants: BTreeSet<Timestamp>,
    days: BTreeSet<Date>,
}

impl Skips {
    /// Adds the values of a line and tells whether they are new. A date leaves out everything that
    /// starts on that day.
    pub(super) fn add(
        &mut self,
        line: &ContentLine,
        moment: &ZonedMoment,
        zone: &Zone,
        whole_days: bool,
    ) -> Result<bool, TimespecError> {
        let added = match moment.written {
            DateOrTime::Day(day) => self.days.insert(day),
            // Some programs write a whole day as its midnight.
            DateOrTime::Local(at) if whole_days && at.time() == jiff::civil::Time::midnight() => {
                self.days.insert(at.date())
            }
            _ if whole_days => {
                let message = format!("{} must be a date, like DTSTART", line.name);
                return Err(line.refuse(message));
            }
            DateOrTime::Local(at) | DateOrTime::Utc(at) => {
                let zone = moment.zone.as_ref().unwrap_or(zone);
                let instant = zone.instant(at);
                let beyond = || line.refuse("this date is out of range");
                self.instants.insert(instant.ok_or_else(beyond)?)
            }
        };
        Ok(added)
    }

    /// Adds everything that another one leaves out.
    pub(super) fn join(&mut self, other: Self) {
        self.instants.extend(other.instants);
        self.days.extend(other.days);
    }

    /// Returns a stretch of time that contains everything left out.
    pub(super) fn span(&self, zone: &Zone) -> (Timestamp, Timestamp) {
        let midnight = |day: Option<Date>| day.and_then(|day| zone.midnight(day));
        let next = self.days.last().and_then(|day| day.tomorrow().ok());
        let from = self.instants.first().copied().or_else(|| midnight(self.days.first().copied()));
        let until = self.instants.last().copied().or_else(|| midnight(next));
        let until = until.map(|until| until.saturating_add(SignedDuration::from_secs(1)));
        let until = until.and_then(Result::ok).unwrap_or(Timestamp::MAX);
        (from.unwrap_or(Timestamp::MIN), until)
    }

    /// Tells whether an instance that starts at an instant is left out.
    pub(super) fn has(&self, start: Timestamp, zone: &Zone) -> bool {
        self.instants.contains(&start)
            || !self.days.is_empty() && self.days.contains(&zone.rules.to_datetime(start).date())
    }
}
