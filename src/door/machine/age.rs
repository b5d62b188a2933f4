//! What changes with time alone: the age of the records, and clocks that are waited for.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::{Machine, Outcomes};
use crate::domain::model::{Slug, StaleRule};

impl Machine {
    /// Returns what opens a facility now, if its records are too old for everybody to get in.
    pub(in crate::door) fn stale_rule(&self, facility: &Slug, now: Timestamp) -> Option<StaleRule> {
        self.index.as_ref()?.stale_rule(facility, self.freshness.age(now))
    }

    /// Ends what was unlocked for a moment so much earlier by the time that is told: more time has passed.
    pub fn catch_up(&mut self, lag: SignedDuration) {
        if lag > SignedDuration::ZERO {
            self.doors.values_mut().for_each(|door| door.unlocks.move_back(lag));
        }
    }

    /// Records, at each facility, that the records have become old, or that they are current again. With
    /// a clock in doubt nobody knows.
    pub(super) fn tell_age(&mut self, now: Timestamp, out: &mut Outcomes) {
        if self.doubt.is_some() || self.stopped {
            return;
        }
        let Some(reason) = self.freshness.news(now) else { return };
        let facilities = self.doors.values().map(|door| door.layout.facility.clone());
        for facility in facilities.collect::<BTreeSet<_>>() {
            self.record(&facility, reason, None, now, out);
        }
    }
}
