//! Which requirements that wait for a first grant have had one.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::domain::{
    access::{Hold, Index},
    model::{Slug, Tag},
};

/// When somebody was first granted access at a facility, for each requirement that waits for that.
#[derive(Debug, Default)]
pub(super) struct Arming(BTreeMap<(Slug, Tag), Timestamp>);

impl Arming {
    /// Records that somebody was granted access.
    pub(super) fn grant(&mut self, index: &Index, facility: &Slug, now: Timestamp) {
        for hold in index.holds(facility, now).filter(|hold| hold.arm.is_some()) {
            let at = self.0.entry((facility.clone(), hold.tag.clone())).or_insert(now);
            if !hold.interval.contains(*at) {
                *at = now; // it was armed for an earlier event
            }
        }
    }

    /// Returns what holds a facility unlocked; if several do, the one that lasts longest.
    pub(super) fn hold<'i>(
        &self,
        index: &'i Index,
        facility: &Slug,
        now: Timestamp,
    ) -> Option<Hold<'i>> {
        let armed = |hold: &Hold<'_>| {
            let at = hold.arm.and_then(|_| self.0.get(&(facility.clone(), hold.tag.clone())));
            hold.arm.is_none() || at.is_some_and(|at| hold.interval.contains(*at))
        };
        index.holds(facility, now).filter(armed).max_by_key(|hold| hold.interval.end)
    }
}
