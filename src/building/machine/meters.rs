//! What the meters said last, and what of it is to be kept.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::{Effect, Plan};
use crate::domain::{
    meters::Measurement,
    model::{Base, Slug},
};

/// The least time between two measurements of a meter that are kept. What comes faster shows in the
/// latest value, of which one is kept when the time has passed.
const LEAST: SignedDuration = SignedDuration::from_secs(1);

/// What the meters said last.
#[derive(Debug, Default)]
pub(super) struct Meters(pub(super) BTreeMap<Slug, Heard>);

/// What a meter said last.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Heard {
    /// Since when it is known.
    pub(super) since: Timestamp,
    /// The unit that its values are kept in.
    pub(super) base: Base,
    /// The latest value in the base unit, and when it was measured.
    pub(super) latest: Option<(f64, Timestamp)>,
    /// When a measurement was last kept, and the one that waits.
    kept: Option<Timestamp>,
    held: Option<Measurement>,
    /// What is wrong with what it said last.
    pub(super) trouble: Option<String>,
}

impl Meters {
    /// Goes on with the meters of new records.
    pub(super) fn take_over(&mut self, plan: &Plan, now: Timestamp) {
        let mut old = std::mem::take(&mut self.0);
        for (name, meter) in &plan.meters {
            let base = meter.unit.base();
            let fresh =
                || Heard { since: now, base, latest: None, kept: None, held: None, trouble: None };
            let heard = old.remove(name).filter(|it| it.base == base).unwrap_or_else(fresh);
            self.0.insert(name.clone(), heard);
        }
    }

    /// Returns what waited for long enough.
    pub(super) fn release(&mut self, now: Timestamp) -> Vec<Effect> {
        let due = |heard: &Heard| heard.kept.is_none_or(|kept| now.duration_since(kept) >= LEAST);
        let waiting = self.0.iter_mut().filter(|(_, it)| it.held.is_some() && due(it));
        waiting
            .filter_map(|(name, heard)| {
                let measurement = heard.held.take()?;
                heard.kept = Some(now);
                Some(Effect::Record(name.clone(), heard.base, measurement))
            })
            .collect()
    }
}

impl Heard {
    /// Takes a value, and returns what of it is to be kept now.
    pub(super) fn take(&mut self, measurement: Measurement, now: Timestamp) -> Option<Measurement> {
        self.latest = Some((measurement.number(), measurement.at()));
        // A clock that went back is no reason to keep nothing.
        let soon = |kept| (SignedDuration::ZERO..LEAST).contains(&now.duration_since(kept));
        if self.kept.is_some_and(soon) {
            self.held = Some(measurement);
            return None;
        }
        (self.kept, self.held) = (Some(now), None);
        Some(measurement)
    }
}
