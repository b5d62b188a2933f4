//! Whether the thread that follows the branch still gets on.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

/// How long a look at the branch may take: a large space is compiled on a small machine in less.
const LONGEST: Duration = Duration::from_secs(300);

/// Shared with the thread, which marks when it begins and ends a look.
#[derive(Clone, Debug)]
pub(super) struct Alive {
    start: Instant,
    /// Milliseconds since the start at which the look began that is not over yet; 0 between two looks.
    begun: Arc<AtomicU64>,
    /// Milliseconds since the start at which the last one ended.
    ended: Arc<AtomicU64>,
}

impl Alive {
    pub(super) fn new() -> Self {
        Self { start: Instant::now(), begun: Arc::default(), ended: Arc::default() }
    }

    pub(super) fn begin(&self) {
        self.begun.store(self.now().max(1), Relaxed);
    }

    pub(super) fn end(&self) {
        self.ended.store(self.now(), Relaxed);
        self.begun.store(0, Relaxed);
    }

    /// Tells whether the look that is under way, if one is, does not take too long.
    pub(super) fn is_alive(&self) -> bool {
        let begun = self.begun.load(Relaxed);
        begun == 0 || self.now().saturating_sub(begun) <= millis(LONGEST)
    }

    /// Returns how long ago the last look ended.
    pub(super) fn since_last(&self) -> Duration {
        Duration::from_millis(self.now().saturating_sub(self.ended.load(Relaxed)))
    }

    fn now(&self) -> u64 {
        millis(self.start.elapsed())
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_that_does_not_end_is_noticed() {
        let long_ago = Instant::now().checked_sub(LONGEST * 2).unwrap();
        let alive = Alive { start: long_ago, ..Alive::new() };
        assert!(alive.is_alive(), "nothing has begun");
        alive.begun.store(1, Relaxed);
        assert!(!alive.is_alive() && alive.since_last() >= LONGEST);
        alive.end();
        assert!(alive.is_alive() && alive.since_last() < LONGEST);
        alive.begin();
        assert!(alive.is_alive());
    }
}
