//! What the age of the records changes.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{Machine, Outcomes};
use crate::domain::model::{Slug, StaleRule};

impl Machine {
    /// Returns what opens a facility now, if its records are too old for everybody to get in.
    pub(in crate::door) fn stale_rule(&self, facility: &Slug, now: Timestamp) -> Option<StaleRule> {
        self.index.as_ref()?.stale_rule(facility, self.freshness.age(now))
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
