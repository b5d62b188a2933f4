//! Connects the machine's clocks with the timekeeper that judges them.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Instant,
};

use jiff::Timestamp;

use super::timekeeper::{Doubt, Timekeeper};
use crate::clock;

/// Tells the time to every thread of a door.
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

    /// Returns the current time.
    pub(super) fn now(&self) -> Timestamp {
        let (shows, count) = ((self.shows)(), self.start.elapsed());
        self.keeper().tell(shows, count, clock::is_set_by_network(shows))
    }

    /// Learns the time of an activity that has already passed.
    pub(super) fn learn(&self, moment: Timestamp) {
        self.keeper().learn(moment);
    }

    /// Learns the date of the newest commit.
    pub(super) fn learn_commit(&self, moment: Timestamp) {
        self.keeper().learn_commit(moment);
    }

    /// Returns what the clock itself shows.
    pub(super) fn shows(&self) -> Timestamp {
        (self.shows)()
    }

    /// Trusts the clock, and returns what it shows.
    pub(super) fn trust(&self) -> Timestamp {
        let shows = self.shows();
        self.keeper().trust(shows);
        shows
    }

    /// Returns, once, the remembered moment that the network has overruled.
    pub(super) fn overruled(&self) -> Option<Timestamp> {
        self.keeper().overruled()
    }

    /// Returns why the clock is in doubt, if it is.
    pub(super) fn doubt(&self) -> Option<Doubt> {
        self.keeper().doubt()
    }

    fn keeper(&self) -> MutexGuard<'_, Timekeeper> {
        // A timekeeper interrupted by a panic is still the best one available.
        self.keeper.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
