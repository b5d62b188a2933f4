//! Which priority is required when, computed in advance.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::domain::{
    model::{Arm, Priority, Tag},
    schedule::Interval,
};

/// An active requirement below zero, which holds its facility unlocked once it is armed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hold<'i> {
    /// The requirement.
    pub tag: &'i Tag,
    /// What has to happen before the hold begins, if anything.
    pub arm: Option<Arm>,
    /// The current event.
    pub interval: Interval,
}

/// The highest priority required or granted, from each boundary of a requirement to the next.
#[derive(Debug, Default)]
pub struct Timeline(Vec<(Timestamp, Option<Priority>)>);

impl Timeline {
    /// Puts events with their priorities in order; those that end before they begin are left out.
    pub fn new(events: impl IntoIterator<Item = (Priority, Interval)>) -> Self {
        let mut bounds = Vec::new();
        for (priority, event) in events.into_iter().filter(|(_, it)| it.start < it.end) {
            bounds.push((event.start, 1, priority));
            bounds.push((event.end, -1, priority));
        }
        bounds.sort_unstable();
        let mut active: BTreeMap<Priority, i64> = BTreeMap::new();
        let mut steps: Vec<(Timestamp, Option<Priority>)> = Vec::new();
        for (at, by, priority) in bounds {
            let count = active.entry(priority).or_default();
            *count += by;
            if *count == 0 {
                active.remove(&priority);
            }
            let highest = active.last_key_value().map(|(priority, _)| *priority);
            match steps.last_mut() {
                Some(last) if last.0 == at => last.1 = highest,
                _ => steps.push((at, highest)),
            }
        }
        Self(steps)
    }

    /// Returns each stretch of time that has a priority, sorted.
    pub fn stretches(&self) -> impl Iterator<Item = (Interval, Priority)> + '_ {
        let ends = self.0.iter().skip(1).map(|(at, _)| *at).chain([Timestamp::MAX]);
        let stretches = self.0.iter().zip(ends);
        stretches.filter_map(|((start, priority), end)| {
            Some((Interval { start: *start, end }, (*priority)?))
        })
    }

    /// Returns the highest priority required at an instant; `None` if no requirement is active.
    pub(super) fn required(&self, now: Timestamp) -> Option<Priority> {
        let next = self.0.partition_point(|(at, _)| *at <= now);
        self.0.get(next.checked_sub(1)?)?.1
    }

    /// Returns the next instant at which a requirement begins or ends.
    pub(super) fn next_change(&self, now: Timestamp) -> Option<Timestamp> {
        let next = self.0.partition_point(|(at, _)| *at <= now);
        self.0.get(next).map(|(at, _)| *at)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn second(at: i64) -> Timestamp {
        Timestamp::from_second(at).unwrap()
    }

    fn event(start: i64, end: i64) -> Interval {
        Interval { start: second(start), end: second(end) }
    }

    #[test]
    fn an_event_covers_its_start_and_not_its_end() {
        let line = Timeline::new([(1, event(10, 20)), (5, event(15, 17))]);
        let required: Vec<_> =
            [9, 10, 14, 15, 17, 19, 20].map(|at| line.required(second(at))).into();
        assert_eq!(required, [None, Some(1), Some(1), Some(5), Some(1), Some(1), None]);
        assert_eq!(line.next_change(second(9)), Some(second(10)));
        assert_eq!(line.next_change(second(10)), Some(second(15)));
        assert_eq!(line.next_change(second(20)), None);
    }

    proptest! {
        #[test]
        fn the_line_is_what_asking_each_event_gives(
            events in prop::collection::vec((-2_i32..5, 0_i64..30, 0_i64..12), 0..12),
            now in 0_i64..45,
        ) {
            let events: Vec<_> =
                events.into_iter().map(|(p, at, long)| (p, event(at, at + long))).collect();
            let now = second(now);
            let asked = events.iter().filter(|(_, it)| it.contains(now)).map(|(p, _)| *p).max();
            let next = events.iter().filter(|(_, it)| it.start < it.end)
                .flat_map(|(_, it)| [it.start, it.end]).filter(|at| *at > now).min();
            let line = Timeline::new(events);
            prop_assert_eq!(line.required(now), asked);
            prop_assert_eq!(line.next_change(now), next);
        }
    }
}
