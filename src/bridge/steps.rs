//! Steps that should not be interrupted halfway, although nothing would be lost.

use std::{
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// Counts the steps under way, and lets no more begin once the program ends.
#[derive(Debug, Default)]
pub(super) struct Steps {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    under_way: usize,
    ending: bool,
}

/// A step under way, until dropped.
#[derive(Debug)]
pub(super) struct Step<'s>(&'s Steps);

impl Steps {
    /// Begins a step; `None` if the program ends.
    pub(super) fn begin(&self) -> Option<Step<'_>> {
        let mut state = self.lock();
        if state.ending {
            return None;
        }
        state.under_way += 1;
        Some(Step(self))
    }

    /// Lets no more steps begin, and waits for those under way, but not longer than `at_most`.
    pub(super) fn end(&self, at_most: Duration) {
        let mut state = self.lock();
        state.ending = true;
        self.changed.notify_all();
        let busy = |state: &mut State| state.under_way > 0;
        drop(self.changed.wait_timeout_while(state, at_most, busy));
    }

    /// Waits, but not once the program ends. Tells whether it goes on.
    pub(super) fn pause(&self, time: Duration) -> bool {
        let going_on = |state: &mut State| !state.ending;
        let waited = self.changed.wait_timeout_while(self.lock(), time, going_on);
        !waited.unwrap_or_else(PoisonError::into_inner).0.ending
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Step<'_> {
    fn drop(&mut self) {
        self.0.lock().under_way -= 1;
        self.0.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_waits_for_what_is_under_way_and_lets_nothing_else_begin() {
        let steps = Steps::default();
        assert!(steps.pause(Duration::ZERO));
        let step = steps.begin().unwrap();
        std::thread::scope(|scope| {
            let ending = scope.spawn(|| steps.end(Duration::MAX));
            assert!(!steps.pause(Duration::MAX), "the end wakes whoever waits");
            assert!(steps.begin().is_none());
            drop(step);
            ending.join().unwrap();
        });
    }
}
