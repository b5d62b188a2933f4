//! The steps that the rules of a space take, counted until there are too many.

use crate::domain::{
    model::{Facility, budget},
    schedule::Timespec,
};

/// The steps so far.
#[derive(Clone, Copy, Debug, Default)]
pub struct StepCount(u64);

impl StepCount {
    /// Adds what a facility takes; returns whether it is still within the budget of a space.
    pub fn facility(&mut self, facility: &Facility) -> bool {
        self.add(budget::steps_of(facility))
    }

    /// Adds what a requirement takes, given its timespec if that can be worked out.
    pub fn requirement(&mut self, timespec: Option<&Timespec>) -> bool {
        self.add(budget::steps_with(timespec.map_or(0, Timespec::cost)))
    }

    fn add(&mut self, steps: u64) -> bool {
        self.0 = self.0.saturating_add(steps);
        self.0 <= budget::STEPS
    }
}
