//! Wakes those who wait for messages.

use std::{
    sync::{Condvar, Mutex, PoisonError},
    time::Duration,
};

/// A bell that counts how often it was rung, so that no ring is missed.
#[derive(Debug, Default)]
pub(super) struct Bell {
    rung: Mutex<u64>,
    heard: Condvar,
}

impl Bell {
    /// Wakes everybody who waits.
    pub(super) fn ring(&self) {
        *self.rung.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.heard.notify_all();
    }

    /// Returns how often it was rung.
    pub(super) fn rung(&self) -> u64 {
        *self.rung.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until it was rung more often than `before`, but not longer than `at_most`.
    pub(super) fn wait(&self, before: u64, at_most: Duration) {
        let rung = self.rung.lock().unwrap_or_else(PoisonError::into_inner);
        // Whether it was rung or the time is over, the caller looks again.
        drop(self.heard.wait_timeout_while(rung, at_most, |rung| *rung == before));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_before_the_wait_counts() {
        let bell = Bell::default();
        let before = bell.rung();
        bell.ring();
        bell.wait(before, Duration::MAX); // would wait for ever
        assert_eq!(bell.rung(), before + 1);
    }
}
