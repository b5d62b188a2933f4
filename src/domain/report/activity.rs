//! How much the doors are used, and by how many members: by weekday and hour, and by facility.

use std::collections::{BTreeMap, HashSet};

use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::Serialize;

use crate::domain::model::{AccessResult, Activity, MemberId, Slug};

/// The weekdays as reports abbreviate them, in order.
const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// Attempts by result.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, JsonSchema)]
pub struct Attempts {
    /// The number granted.
    pub granted: u64,
    /// The number denied.
    pub denied: u64,
    /// The number of exits.
    pub exits: u64,
    /// How often somebody operated it by hand, which is not an attempt.
    pub operated: u64,
    /// The number of different members granted.
    pub members: u64,
}

/// One hour of the week.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct WeekHour {
    /// The day of the week: `Mon`.
    pub weekday: &'static str,
    /// The start of the hour, 0 to 23, local time.
    pub hour: u8,
    /// The attempts in it.
    #[serde(flatten)]
    pub attempts: Attempts,
}

/// One facility.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct FacilityUsage {
    /// The short name.
    pub facility: Slug,
    /// The attempts there.
    #[serde(flatten)]
    pub attempts: Attempts,
}

/// The use of all facilities.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct Usage {
    /// All 168 hours of the week, starting with Monday.
    pub week: Vec<WeekHour>,
    /// By facility, sorted.
    pub facilities: Vec<FacilityUsage>,
    /// In all.
    pub total: Attempts,
}

/// A count of activities in progress.
#[derive(Debug)]
pub struct Counting {
    zone: TimeZone,
    week: Vec<Counted>,
    facilities: BTreeMap<Slug, Counted>,
    total: Counted,
}

#[derive(Clone, Default, Debug)]
struct Counted {
    attempts: Attempts,
    members: HashSet<MemberId>,
}

impl Counting {
    /// Starts a count with hours in the given time zone.
    #[must_use]
    pub fn new(zone: TimeZone) -> Self {
        let week = vec![Counted::default(); 7 * 24];
        Self { zone, week, facilities: BTreeMap::new(), total: Counted::default() }
    }

    /// Counts one activity.
    pub fn add(&mut self, activity: &Activity) {
        if activity.rehearsal {
            return; // nobody came
        }
        let local = self.zone.to_datetime(activity.time);
        let day = usize::try_from(local.weekday().to_monday_zero_offset()).unwrap_or_default();
        let hour = usize::try_from(local.hour()).unwrap_or_default();
        if let Some(cell) = self.week.get_mut(day * 24 + hour) {
            cell.add(activity);
        }
        if !self.facilities.contains_key(&activity.facility) {
            self.facilities.insert(activity.facility.clone(), Counted::default());
        }
        if let Some(facility) = self.facilities.get_mut(&activity.facility) {
            facility.add(activity);
        }
        self.total.add(activity);
    }

    /// Returns the counts.
    #[must_use]
    pub fn finish(self) -> Usage {
        let hours = DAYS.into_iter().flat_map(|weekday| (0..24).map(move |hour| (weekday, hour)));
        let cell = |((weekday, hour), counted): ((&'static str, u8), Counted)| WeekHour {
            weekday,
            hour,
            attempts: counted.attempts,
        };
        let facility = |(facility, counted): (Slug, Counted)| FacilityUsage {
            facility,
            attempts: counted.attempts,
        };
        Usage {
            week: hours.zip(self.week).map(cell).collect(),
            facilities: self.facilities.into_iter().map(facility).collect(),
            total: self.total.attempts,
        }
    }
}

impl Counted {
    fn add(&mut self, activity: &Activity) {
        match activity.result {
            // The use of a tool is not an attempt, nor did anybody operate a door.
            _ if activity.seconds.is_some() => {}
            AccessResult::Operated => self.attempts.operated += 1,
            _ if !activity.is_attempt() => {}
            AccessResult::Granted => {
                self.attempts.granted += 1;
                let new = activity.member.is_some_and(|member| self.members.insert(member));
                self.attempts.members += u64::from(new);
            }
            AccessResult::Denied => self.attempts.denied += 1,
            AccessResult::Exit => self.attempts.exits += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::model::{CredentialType, Reason};

    fn activity(time: &str, facility: &str, member: Option<u64>, result: AccessResult) -> Activity {
        let (time, facility) = (time.parse().unwrap(), facility.parse().unwrap());
        Activity {
            member: member.map(|number| MemberId::new(number).unwrap()),
            kind: Some(CredentialType::Fob),
            ..Activity::new(time, facility, result, Reason::PrioritySuffices)
        }
    }

    fn usage(activities: &[Activity]) -> Usage {
        let mut counting = Counting::new(TimeZone::get("Europe/London").unwrap());
        activities.iter().for_each(|it| counting.add(it));
        counting.finish()
    }

    #[test]
    fn hours_are_local_and_members_are_counted_once() {
        use AccessResult::{Denied, Exit, Granted};
        let usage = usage(&[
            activity("2026-03-02T18:10:00Z", "frontdoor", Some(1), Granted), // a Monday, winter
            activity("2026-03-30T17:20:00Z", "frontdoor", Some(1), Granted), // a Monday, summer
            activity("2026-03-02T18:30:00Z", "laser", Some(2), Granted),
            activity("2026-03-01T23:59:59Z", "laser", None, Denied), // a Sunday
            activity("2026-03-02T18:59:59Z", "frontdoor", None, Exit),
        ]);
        let busy: Vec<_> = usage
            .week
            .iter()
            .filter(|cell| cell.attempts != Attempts::default())
            .map(|cell| (cell.weekday, cell.hour, cell.attempts))
            .collect();
        let some = |granted, denied, exits, members| Attempts {
            granted,
            denied,
            exits,
            operated: 0,
            members,
        };
        assert_eq!(busy, [("Mon", 18, some(3, 0, 1, 2)), ("Sun", 23, some(0, 1, 0, 0))]);
        assert_eq!(usage.total, some(3, 1, 1, 2));
        let told: Vec<_> =
            usage.facilities.iter().map(|it| (it.facility.as_str(), it.attempts)).collect();
        assert_eq!(told, [("frontdoor", some(2, 0, 1, 1)), ("laser", some(1, 1, 0, 1))]);
        assert_eq!(usage.week.len(), 168);
    }

    proptest! {
        #[test]
        fn weeks_and_facilities_add_up(
            some in prop::collection::vec((0..100_000_000_i64, 0..3_u8, 0..5_u64), 0..60),
        ) {
            let make = |(second, which, member): &(i64, u8, u64)| {
                let result = [AccessResult::Granted, AccessResult::Denied, AccessResult::Exit][usize::from(*which)];
                let time = jiff::Timestamp::from_second(1_700_000_000 + second).unwrap();
                let place = if second % 2 == 0 { "frontdoor" } else { "laser" };
                activity(&time.to_string(), place, (*member > 0).then_some(*member), result)
            };
            let activities: Vec<Activity> = some.iter().map(make).collect();
            let usage = usage(&activities);
            let counts = |it: &Attempts| [it.granted, it.denied, it.exits];
            let sum = |all: Vec<[u64; 3]>| {
                all.iter().fold([0; 3], |a, b| [a[0] + b[0], a[1] + b[1], a[2] + b[2]])
            };
            let total = counts(&usage.total);
            prop_assert_eq!(sum(usage.week.iter().map(|it| counts(&it.attempts)).collect()), total);
            let places = usage.facilities.iter().map(|it| counts(&it.attempts)).collect();
            prop_assert_eq!(sum(places), total);
            prop_assert_eq!(total.iter().sum::<u64>(), activities.len() as u64);
        }
    }
}
