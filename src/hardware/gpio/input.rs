//! Debounces a button or contact.

use std::time::Duration;

/// Reports a level once it is stable.
#[derive(Clone, Debug)]
pub(super) struct Input {
    rest: Duration,
    reported: bool,
    due: Option<Duration>,
}

impl Input {
    /// Starts with the current state; a change counts once it has been stable for the given time.
    pub(super) const fn new(active: bool, rest: Duration) -> Self {
        Self { rest, reported: active, due: None }
    }

    /// Records that the level changed, to whichever level.
    pub(super) fn edge(&mut self, at: Duration) {
        let due = at.saturating_add(self.rest);
        self.due = Some(self.due.map_or(due, |other| other.max(due)));
    }

    /// Returns when to read the level.
    pub(super) const fn due(&self) -> Option<Duration> {
        self.due
    }

    /// Reads the level if it is time; returns it if it differs from the last report.
    pub(super) fn settle(&mut self, now: Duration, active: impl FnOnce() -> bool) -> Option<bool> {
        if self.due.is_none_or(|due| now < due) {
            return None;
        }
        self.due = None;
        // The pin is read again, so that a missed edge does no harm.
        let active = active();
        let changed = active != self.reported;
        self.reported = active;
        changed.then_some(active)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: Duration = Duration::from_millis(1);

    #[test]
    fn a_change_counts_once_it_is_stable() {
        let mut input = Input::new(false, 30 * MS);
        for at in [0, 3, 4, 9] {
            input.edge(at * MS);
        }
        assert_eq!(input.due(), Some(39 * MS));
        assert_eq!(input.settle(38 * MS, || true), None);
        assert_eq!(input.settle(39 * MS, || true), Some(true));
        assert_eq!((input.settle(90 * MS, || true), input.due()), (None, None));
        input.edge(100 * MS);
        assert_eq!(input.settle(130 * MS, || false), Some(false));
    }

    #[test]
    fn a_glitch_is_ignored() {
        let mut input = Input::new(true, 30 * MS);
        input.edge(MS);
        input.edge(2 * MS);
        assert_eq!(input.settle(40 * MS, || true), None);
    }

    #[test]
    fn a_late_edge_does_not_shorten_the_debounce_time() {
        let mut input = Input::new(false, 30 * MS);
        input.edge(9 * MS);
        input.edge(4 * MS);
        assert_eq!(input.due(), Some(39 * MS));
    }
}
