//! Connects the machine's clocks with the timekeeper that judges them.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use jiff::Timestamp;

use super::timekeeper::{Doubt, SLACK, Timekeeper};
use crate::clock;

/// Tells the time to every thread of a door.
#[derive(Clone)]
pub(super) struct Clockwork {
    keeper: Arc<Mutex<Timekeeper>>,
    shows: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    start: Instant,
    service: Arc<Mutex<TimeService>>,
}

/// How often the system's time service is asked, and how often if the clock was set.
const ASK_EVERY: Duration = Duration::from_secs(60);
const ASK_AGAIN: Duration = Duration::from_secs(5);

/// What the system's time service said last.
#[derive(Debug, Default)]
struct TimeService {
    /// When it was asked last.
    asked: Option<Instant>,
    /// When it said that the clock is synchronized, and what that showed.
    synchronized: Option<(Instant, Timestamp)>,
}

impl Clockwork {
    /// Starts with the clock of this process.
    pub(super) fn start() -> Self {
        let mut keeper = Timekeeper::new();
        if clock::pinned().is_none() && !clock::runs_without_power() {
            keeper.require_setting();
        }
        let keeper = Arc::new(Mutex::new(keeper));
        let shows = Arc::new(clock::running());
        Self { keeper, shows, start: Instant::now(), service: Arc::default() }
    }

    /// Returns the current time.
    pub(super) fn now(&self) -> Timestamp {
        let (shows, count) = ((self.shows)(), self.start.elapsed());
        let set = clock::is_set_by_network(shows) || self.is_synchronized(shows);
        self.keeper().tell(shows, count, set)
    }

    /// Returns how long this has been running, by a count that never stops or leaps.
    pub(super) fn count(&self) -> Duration {
        self.start.elapsed()
    }

    /// Tells whether the system's time service has lately said so of the clock as it runs now. Never
    /// waits for it.
    fn is_synchronized(&self, shows: Timestamp) -> bool {
        if clock::pinned().is_some() {
            return false;
        }
        let mut service = self.service.lock().unwrap_or_else(PoisonError::into_inner);
        let counts = service.synchronized.is_some_and(|(at, showed)| {
            let expected = showed.saturating_add(at.elapsed()).unwrap_or(showed);
            at.elapsed() <= 3 * ASK_EVERY && shows.duration_since(expected).abs() <= SLACK
        });
        let wait = if counts || service.synchronized.is_none() { ASK_EVERY } else { ASK_AGAIN };
        if service.asked.is_none_or(|at| at.elapsed() >= wait) {
            service.asked = Some(Instant::now());
            let (service, shows) = (Arc::clone(&self.service), Arc::clone(&self.shows));
            let ask = move || {
                let said = clock::is_synchronized().then(|| (Instant::now(), shows()));
                service.lock().unwrap_or_else(PoisonError::into_inner).synchronized = said;
            };
            // Without another thread, nobody is asked.
            drop(thread::Builder::new().name("time-service".into()).spawn(ask));
        }
        counts
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
