//! Limits the work that a calendar may cause.

/// Counts the steps of expanding a rule: looking at a period or a day is one step, a time takes
/// more.
#[derive(Clone, Copy, Debug)]
pub(super) struct Steps {
    pub(super) taken: u64,
    most: u64,
}

/// A rule needs more steps than allowed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Exhausted;

impl Steps {
    pub(super) const fn at_most(most: u64) -> Self {
        Self { taken: 0, most }
    }

    pub(super) const fn take(&mut self, steps: u64) -> Result<(), Exhausted> {
        self.taken = self.taken.saturating_add(steps);
        if self.taken > self.most { Err(Exhausted) } else { Ok(()) }
    }
}
