//! How long somebody was in, and how often people came: by month, and never who.

use std::collections::{BTreeMap, HashMap};

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use super::presence::VISIT;
use crate::domain::model::{AccessResult, Activity, MemberId, Slug};

/// Visits and open time of a month.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct MonthOfVisits {
    /// How often somebody came who had not been in.
    pub visits: u64,
    /// For how many seconds somebody was in.
    pub open_seconds: i64,
}

/// Visits in the making. Activities come in about the order of time.
#[derive(Debug)]
pub struct Visits {
    zone: TimeZone,
    /// Until when each is supposed to stay.
    inside: HashMap<MemberId, Timestamp>,
    /// Since when somebody has been in, and until when at least.
    open: Option<(Timestamp, Timestamp)>,
    months: BTreeMap<Date, MonthOfVisits>,
    uses: BTreeMap<(Slug, Date), u64>,
}

impl Visits {
    /// Starts a count by months of a time zone.
    #[must_use]
    pub fn new(zone: TimeZone) -> Self {
        let (inside, months, uses) = Default::default();
        Self { zone, inside, open: None, months, uses }
    }

    /// Takes note of what happened.
    pub fn add(&mut self, activity: &Activity) {
        let (now, in_use) = (activity.time, activity.seconds.is_some());
        let (AccessResult::Granted | AccessResult::Exit | AccessResult::Operated, false) =
            (activity.result, activity.rehearsal)
        else {
            return;
        };
        let Some(member) = activity.member else { return };
        self.leave_until(now);
        let until = now.checked_add(VISIT).unwrap_or(now);
        match activity.result {
            AccessResult::Exit => {
                if self.inside.remove(&member).is_some()
                    && let Some((_, last)) = &mut self.open
                {
                    *last = (*last).max(now);
                }
                self.leave_until(now);
            }
            AccessResult::Granted => {
                if self.inside.insert(member, until).is_none() {
                    self.month(now).visits += 1;
                }
                self.open.get_or_insert((now, now));
                let month = self.first_of_month(now);
                *self.uses.entry((activity.facility.clone(), month)).or_default() += 1;
            }
            _ if in_use => {
                if let Some(it) = self.inside.get_mut(&member) {
                    *it = until;
                }
            }
            _ => {}
        }
    }

    /// Returns visits and open time by the first day of the month, and how often each facility was opened.
    #[must_use]
    pub fn finish(
        mut self,
        now: Timestamp,
    ) -> (BTreeMap<Date, MonthOfVisits>, BTreeMap<(Slug, Date), u64>) {
        self.leave_until(now);
        if let Some((since, _)) = self.open {
            self.count(since, now);
        }
        (self.months, self.uses)
    }

    /// Lets those leave whose visit is over; the space closes with the last.
    fn leave_until(&mut self, now: Timestamp) {
        let Some((since, mut last)) = self.open else { return };
        self.inside.retain(|_, until| {
            if *until <= now {
                last = last.max(*until);
            }
            *until > now
        });
        self.open = Some((since, last));
        if self.inside.is_empty() {
            self.open = None;
            self.count(since, last);
        }
    }

    /// Adds open time to the months in which it lies.
    fn count(&mut self, since: Timestamp, until: Timestamp) {
        let mut at = since;
        while at < until {
            let month = self.first_of_month(at);
            let next = month.last_of_month().tomorrow().ok();
            let next = next.and_then(|it| it.to_zoned(self.zone.clone()).ok());
            let end = next.map_or(until, |it| it.timestamp()).min(until);
            self.months.entry(month).or_default().open_seconds += end.duration_since(at).as_secs();
            if end <= at {
                return; // the end of time
            }
            at = end;
        }
    }

    fn month(&mut self, at: Timestamp) -> &mut MonthOfVisits {
        let month = self.first_of_month(at);
        self.months.entry(month).or_default()
    }

    fn first_of_month(&self, at: Timestamp) -> Date {
        self.zone.to_datetime(at).date().first_of_month()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::model::{CredentialType, Reason};

    fn activity(time: &str, member: u64, result: AccessResult) -> Activity {
        Activity {
            member: MemberId::new(member).ok(),
            kind: Some(CredentialType::Fob),
            ..Activity::new(
                time.parse().unwrap(),
                "frontdoor".parse().unwrap(),
                result,
                Reason::PrioritySuffices,
            )
        }
    }

    #[test]
    fn visits_are_counted_and_open_time_ends_with_the_last() {
        use AccessResult::{Denied, Exit, Granted};
        let mut visits = Visits::new(TimeZone::UTC);
        for (time, member, result) in [
            ("2026-11-03T10:00:00Z", 1, Granted),
            ("2026-11-03T10:30:00Z", 1, Granted), // from the yard
            ("2026-11-03T11:00:00Z", 2, Granted),
            ("2026-11-03T11:30:00Z", 2, Exit),
            ("2026-11-03T12:00:00Z", 3, Denied),
            ("2026-11-30T23:00:00Z", 1, Granted),
            ("2026-12-01T01:00:00Z", 1, Exit),
            ("2026-12-02T01:00:00Z", 4, Exit),
            ("2026-12-03T01:00:00Z", 4, Granted),
        ] {
            visits.add(&activity(time, member, result));
        }
        let (months, uses) = visits.finish("2026-12-03T02:00:00Z".parse().unwrap());
        let told: Vec<_> = months.values().map(|it| (it.visits, it.open_seconds / 60)).collect();
        // From 10:00 until three hours after 10:30, and the hour before midnight.
        assert_eq!(told, [(3, 210 + 60), (1, 60 + 60)]);
        assert_eq!(uses.values().copied().collect::<Vec<_>>(), [4, 1]);
    }
}
