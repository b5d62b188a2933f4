//! Joins the grants of a credential, each facility on its own.
//!
//! Where one side took something away, what the other side added at the same facility does not count:
//! whoever ends a grant does not expect it to go on a year later. Where both only added, each instant
//! has the priority of the side that changed it, and the lower of two.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde_json::Value;

use crate::domain::{
    access::Timeline,
    model::{Grant, Priority, Slug},
    schedule::Interval,
};

/// Joins three lists of grants; `None` if one cannot be read.
pub(super) fn merge(
    base: Option<&Value>,
    ours: Option<&Value>,
    theirs: Option<&Value>,
) -> Option<Value> {
    let read = |value: Option<&Value>| -> Option<Vec<Grant>> {
        value.map_or_else(|| Some(Vec::new()), |it| serde_json::from_value(it.clone()).ok())
    };
    let (base, ours, theirs) = (read(base)?, read(ours)?, read(theirs)?);
    let all = base.iter().chain(&ours).chain(&theirs);
    let facilities: BTreeSet<&Slug> = all.map(|it| &it.facility).collect();
    let of = |all: &[Grant], facility: &Slug| -> Vec<Grant> {
        all.iter().filter(|it| it.facility == *facility).cloned().collect()
    };
    let joined = facilities
        .into_iter()
        .flat_map(|name| at_facility(name, &of(&base, name), of(&ours, name), of(&theirs, name)));
    serde_json::to_value(joined.collect::<Vec<_>>()).ok()
}

fn at_facility(
    facility: &Slug,
    base: &[Grant],
    ours: Vec<Grant>,
    theirs: Vec<Grant>,
) -> Vec<Grant> {
    let lines = [base, &ours, &theirs].map(Line::of);
    let [before, one, other] = &lines;
    match (one == before, other == before) {
        _ if ours == theirs => ours,
        // What is the same in other words is no change, unless both sides found other words.
        (true, true) if theirs == base => ours,
        (true, true) if ours == base => theirs,
        (true, true) => {
            if words(&ours) <= words(&theirs) {
                ours
            } else {
                theirs
            }
        }
        (true, false) => theirs,
        (false, true) => ours,
        (false, false) => joined(facility, &lines),
    }
}

fn words(grants: &[Grant]) -> String {
    serde_json::to_string(grants).unwrap_or_default()
}

/// The highest priority from each instant at which it changes.
#[derive(PartialEq, Eq)]
struct Line(Vec<(Timestamp, Option<Priority>)>);

impl Line {
    fn of(grants: &[Grant]) -> Self {
        let events = grants.iter().map(|it| {
            let end = it.expiration.unwrap_or(Timestamp::MAX);
            (it.priority, Interval { start: it.effective, end })
        });
        let mut steps: Vec<(Timestamp, Option<Priority>)> = Vec::new();
        for (stretch, priority) in Timeline::new(events).stretches() {
            match steps.last_mut() {
                Some((at, none)) if *at == stretch.start => *none = Some(priority),
                _ => steps.push((stretch.start, Some(priority))),
            }
            steps.push((stretch.end, None));
        }
        steps.dedup_by_key(|(_, priority)| *priority);
        Self(steps)
    }

    fn at(&self, at: Timestamp) -> Option<Priority> {
        let next = self.0.partition_point(|(start, _)| *start <= at);
        self.0.get(next.checked_sub(1)?)?.1
    }
}

fn joined(facility: &Slug, [base, ours, theirs]: &[Line; 3]) -> Vec<Grant> {
    let instants = [base, ours, theirs].into_iter().flat_map(|line| &line.0);
    let instants: BTreeSet<Timestamp> = instants.map(|(at, _)| *at).collect();
    let mut grants: Vec<Grant> = Vec::new();
    let mut before = None;
    let lowers = |line: &Line| instants.iter().any(|at| line.at(*at) < base.at(*at));
    let is_narrowed = lowers(ours) || lowers(theirs);
    for at in instants.iter().copied() {
        let (base, ours, theirs) = (base.at(at), ours.at(at), theirs.at(at));
        let now = match () {
            () if is_narrowed => base.min(ours).min(theirs),
            () if ours == base => theirs,
            () if theirs == base => ours,
            () => ours.min(theirs),
        };
        if now == before {
            continue;
        }
        if let Some(last) = grants.last_mut().filter(|it| it.expiration.is_none()) {
            last.expiration = Some(at);
        }
        if let Some(priority) = now.filter(|_| at < Timestamp::MAX) {
            let facility = facility.clone();
            grants.push(Grant { facility, priority, effective: at, expiration: None });
        }
        before = now;
    }
    if let Some(last) = grants.last_mut() {
        last.expiration = last.expiration.filter(|it| *it != Timestamp::MAX);
    }
    grants
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grants(all: &[(&str, Priority, i64, Option<i64>)]) -> Value {
        let at = |second| Timestamp::from_second(second).unwrap();
        let one = |(facility, priority, from, until): &(&str, Priority, i64, Option<i64>)| Grant {
            facility: facility.parse().unwrap(),
            priority: *priority,
            effective: at(*from),
            expiration: until.map(at),
        };
        serde_json::to_value(all.iter().map(one).collect::<Vec<_>>()).unwrap()
    }

    #[test]
    fn a_window_shrinks_on_both_sides_and_widens_only_where_nobody_shrank_it() {
        let door = |priority, from, until| ("door", priority, from, until);
        let base = grants(&[door(1, 10, Some(20))]);
        for (ours, theirs, joined) in [
            // Both narrow.
            (
                &[door(1, 12, Some(20))][..],
                &[door(1, 10, Some(18))][..],
                &[door(1, 12, Some(18))][..],
            ),
            // One narrows, one widens, at one end or at both.
            (&[door(1, 12, Some(20))], &[door(1, 10, None)], &[door(1, 12, Some(20))]),
            (&[door(1, 10, Some(15))], &[door(1, 10, None)], &[door(1, 10, Some(15))]),
            // Both widen.
            (&[door(1, 5, Some(20))], &[door(1, 10, None)], &[door(1, 5, None)]),
            // One raises the priority, one makes it last longer: nobody gave both.
            (
                &[door(3, 10, Some(20))],
                &[door(1, 10, Some(30))],
                &[door(3, 10, Some(20)), door(1, 20, Some(30))],
            ),
            // One revokes, one raises.
            (&[], &[door(3, 10, Some(20))], &[]),
            (&[], &[door(1, 10, None)], &[]),
            // Another facility is another matter.
            (&[door(1, 10, Some(20)), ("lathe", 1, 0, None)], &[], &[("lathe", 1, 0, None)]),
        ] {
            let (ours, theirs, joined) = (grants(ours), grants(theirs), grants(joined));
            for (one, other) in [(&ours, &theirs), (&theirs, &ours)] {
                assert_eq!(merge(Some(&base), Some(one), Some(other)), Some(joined.clone()));
            }
        }
    }
}
