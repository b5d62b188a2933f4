//! A limit to the work that a calendar may cause.

/// Counts the steps of working out a rule: a period or a day looked at is one, a time is more.
#[derive(Clone, Copy, Debug)]
pub(super) struct Steps {
    pub(super) taken: u64,
    most: u64,
}

/// A rule needs more steps than are allowed.
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
