//! The machine's clock and its count of seconds, joined to the one who judges them.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Instant,
};

use jiff::Timestamp;

use super::timekeeper::{Doubt, Timekeeper};
use crate::clock;

/// Answers what the time is, to every thread of a door.
#[derive(Clone)]
pub(super) struct Clockwork {
    keeper: Arc<Mutex<Timekeeper>>,
    shows: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    start: Instant,
}

impl Clockwork {
    /// Starts with the clock of this process.
    pub(super) fn start() -> Self {
        Self { keeper: Arc::default(), shows: Arc::new(clock::running()), start: Instant::now() }
    }

    /// Answers what the time is.
    pub(super) fn now(&self) -> Timestamp {
        let (shows, count) = ((self.shows)(), self.start.elapsed());
        self.keeper().tell(shows, count, clock::is_set_by_network())
    }

    /// Takes a moment that has been.
    pub(super) fn learn(&self, moment: Timestamp) {
        self.keeper().learn(moment);
    }

    /// Returns why the clock is not believed, if so.
    pub(super) fn doubt(&self) -> Option<Doubt> {
        self.keeper().doubt()
    }

    fn keeper(&self) -> MutexGuard<'_, Timekeeper> {
        // A time keeper that broke off half way is still the best one there is.
        self.keeper.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
