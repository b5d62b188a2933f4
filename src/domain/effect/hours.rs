//! In which hours of the coming month members can open a facility, by every requirement that it has.

use std::collections::BTreeMap;

use jiff::{SignedDuration, tz::TimeZone};

use super::{Side, Stretch};
use crate::domain::{
    access::Timeline,
    model::{FacilityFolder, Priority, Slug},
    schedule::{Interval, Timespec, Window},
};

/// So much of a month may go before that counts as a loss, unless it is all: a facility that is shut for
/// an evening is taken from nobody.
const SPARE: SignedDuration = SignedDuration::from_hours(24);

/// Stands for a requirement that holds the facility unlocked: it goes before all others.
const HELD: Priority = Priority::MAX;

/// What the facilities of both sides demand, worked out when somebody is compared by it.
pub(super) struct Hours<'a> {
    sides: [&'a Side<'a>; 2],
    window: Window,
    known: BTreeMap<&'a Slug, Compared>,
}

/// What a facility demands before and after.
struct Compared {
    is_same: bool,
    demands: [Vec<(Interval, Priority)>; 2],
}

impl<'a> Hours<'a> {
    pub(super) const fn new(before: &'a Side<'a>, after: &'a Side<'a>, window: Window) -> Self {
        Self { sides: [before, after], window, known: BTreeMap::new() }
    }

    /// Tells whether whoever had grants in some stretches, and has them in others now, loses more than a
    /// day of the hours at a facility, or all of them.
    pub(super) fn lose(&mut self, name: &'a Slug, before: &[Stretch], after: &[Stretch]) -> bool {
        let (sides, window) = (self.sides, self.window);
        let compared = self.known.entry(name).or_insert_with(|| {
            let folders = sides.map(|side| side.basis().facilities.get(name));
            let is_same = folders[0] == folders[1];
            let demand = |at: usize| {
                folders[at].and_then(|it| demand(it, sides[at].zone(), window)).unwrap_or_default()
            };
            Compared { is_same, demands: [demand(0), demand(1)] }
        });
        if compared.is_same && before == after {
            return false;
        }
        let were = open(&compared.demands[0], before);
        let are = open(&compared.demands[1], after);
        let kept = total(&common(&were, &are));
        let had = total(&were);
        had > SignedDuration::ZERO && (kept.is_zero() || had - kept > SPARE)
    }
}

/// Returns which priority a facility demands when; `None` if one of its requirements cannot be read.
fn demand(
    folder: &FacilityFolder,
    zone: &TimeZone,
    window: Window,
) -> Option<Vec<(Interval, Priority)>> {
    let mut events = Vec::new();
    for slot in folder.requirements.values() {
        let requirement = slot.get()?;
        let priority = if requirement.priority < 0 { HELD } else { requirement.priority };
        let timespec = Timespec::parse(&requirement.timespec, zone).ok()?;
        events.extend(timespec.intervals(window).into_iter().map(|it| {
            let (start, end) = (it.start.max(window.from), it.end.min(window.until));
            (priority, Interval { start, end })
        }));
    }
    let line = Timeline::new(events);
    Some(line.stretches().collect())
}

/// Returns when grants are high enough.
fn open(demand: &[(Interval, Priority)], grants: &[Stretch]) -> Vec<Interval> {
    let grants: Vec<(Interval, Priority)> =
        grants.iter().map(|it| (Interval { start: it.from, end: it.end() }, it.priority)).collect();
    let enough = |needed: Priority, has: Priority| needed == HELD || has >= needed;
    overlaps(demand, &grants, enough)
}

fn common(one: &[Interval], other: &[Interval]) -> Vec<Interval> {
    let [one, other] = [one, other].map(|all| all.iter().map(|it| (*it, ())).collect::<Vec<_>>());
    overlaps(&one, &other, |(), ()| true)
}

/// Returns where the stretches of two sorted lists overlap and go together.
fn overlaps<T: Copy>(
    one: &[(Interval, T)],
    other: &[(Interval, T)],
    goes: impl Fn(T, T) -> bool,
) -> Vec<Interval> {
    let (mut found, mut one, mut other) = (Vec::new(), one, other);
    while let ([(this, a), rest @ ..], [(that, b), others @ ..]) = (one, other) {
        let (start, end) = (this.start.max(that.start), this.end.min(that.end));
        if start < end && goes(*a, *b) {
            found.push(Interval { start, end });
        }
        if this.end <= that.end { one = rest } else { other = others }
    }
    found
}

fn total(all: &[Interval]) -> SignedDuration {
    all.iter().map(|it| it.end.duration_since(it.start)).sum()
}
