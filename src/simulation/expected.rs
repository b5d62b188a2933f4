//! What a careful person would expect after each commit: who is let in, and what is held unlocked. It is
//! worked out from what was asked for, slowly and plainly, and by none of the program's own rules.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp, ToSpan as _, civil::Date, tz::TimeZone};

use super::house::House;

/// How long a member stays covered after the paid time, in days, as in the template.
const GRACE: i64 = 14;

/// A space as a person knows it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Expected {
    pub(super) members: BTreeMap<u64, Person>,
    /// The fobs that are with somebody, by number.
    pub(super) fobs: BTreeMap<String, Given>,
    pub(super) houses: Vec<House>,
}

/// A member.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Person {
    pub(super) left: Option<Date>,
    pub(super) suspended: Option<Date>,
    pub(super) paid_until: Date,
    /// The doors that demand an induction, and since when the member has it.
    pub(super) inducted: BTreeMap<usize, Date>,
}

/// A fob that was given to somebody.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Given {
    pub(super) member: u64,
    pub(super) from: Timestamp,
}

/// Tells whether a door is one of a workshop: every third is.
pub(super) const fn demands_induction(door: usize) -> bool {
    door % 3 == 2
}

/// Returns the day of a moment; the space's time zone is UTC.
pub(super) fn day(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}

impl Expected {
    /// Tells whether a fob opens a door at a moment.
    pub(super) fn admits(&self, fob: &str, door: usize, at: Timestamp) -> bool {
        let today = day(at);
        let Some(given) = self.fobs.get(fob).filter(|it| it.from <= at) else { return false };
        let Some(person) = self.members.get(&given.member) else { return false };
        let ended = |since: Option<Date>| since.is_some_and(|since| since <= today);
        let since = person.inducted.get(&door);
        let inducted = !demands_induction(door) || since.is_some_and(|since| *since <= today);
        !ended(person.left) && !ended(person.suspended) && person.is_covered(today) && inducted
    }

    /// Tells whether an open house holds a door unlocked at a moment.
    pub(super) fn holds(&self, door: usize, at: Timestamp) -> bool {
        self.houses.iter().any(|it| it.door == door && it.start <= at && at < it.end)
    }
}

impl Person {
    fn is_covered(&self, today: Date) -> bool {
        let end = self.paid_until.checked_add(GRACE.days()).unwrap_or(Date::MAX);
        today < end
    }

    /// Pays for some months on a day.
    pub(super) fn pay(&mut self, months: u16, today: Date) {
        let from = if self.is_covered(today) { self.paid_until } else { today };
        self.paid_until = from.checked_add(i32::from(months).months()).unwrap_or(from);
    }
}

/// Returns the moment so many hours later.
pub(super) fn hours_later(at: Timestamp, hours: i64) -> Timestamp {
    at.saturating_add(SignedDuration::from_hours(hours)).unwrap_or(at)
}
