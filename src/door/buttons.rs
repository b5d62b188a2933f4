//! The buttons inside: a press counts once, and one that stays pressed is told.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use crate::{config::Wire, domain::model::Slug};

/// How long a button may be pressed before somebody has to look at it.
const STUCK: SignedDuration = SignedDuration::from_secs(60);

/// The buttons that are pressed: since when, and whether that was told.
#[derive(Debug, Default)]
pub(super) struct Buttons(BTreeMap<Wire, (Timestamp, bool)>);

impl Buttons {
    /// Processes a report of a button; tells whether it is a press. Until a button is let go, there is
    /// no other one, and a `level` that was found on connecting never is one.
    pub(super) fn report(
        &mut self,
        wire: &Wire,
        active: bool,
        level: bool,
        now: Timestamp,
    ) -> bool {
        if !active {
            self.0.remove(wire);
            return false;
        }
        let known = self.0.contains_key(wire);
        self.0.entry(wire.clone()).or_insert((now, false));
        !known && !level
    }

    /// Forgets the buttons of a device that is lost.
    pub(super) fn lose(&mut self, device: &Slug) {
        self.0.retain(|wire, _| wire.device != *device);
    }

    /// Returns, once for each, the buttons that have been pressed for too long.
    pub(super) fn stuck(&mut self, now: Timestamp) -> Vec<Wire> {
        let late = |since: Timestamp| now.duration_since(since) >= STUCK;
        let new = self.0.iter_mut().filter(|(_, (since, told))| !told && late(*since));
        new.map(|(wire, (_, told))| {
            *told = true;
            wire.clone()
        })
        .collect()
    }

    /// Returns when a button will have been pressed for too long.
    pub(super) fn next_change(&self) -> Option<Timestamp> {
        let waiting = self.0.values().filter(|(_, told)| !told);
        waiting.filter_map(|(since, _)| since.checked_add(STUCK).ok()).min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_700_000_000 + seconds).unwrap()
    }

    #[test]
    fn a_press_counts_once_and_a_level_never() {
        let (mut buttons, wire): (_, Wire) = (Buttons::default(), "pins:1".parse().unwrap());
        assert!(!buttons.report(&wire, true, true, at(0)), "it is stuck, or normally closed");
        assert!(!buttons.report(&wire, true, false, at(1)));
        assert_eq!(buttons.next_change(), Some(at(60)));
        assert!(buttons.stuck(at(59)).is_empty());
        assert_eq!(buttons.stuck(at(60)), std::slice::from_ref(&wire));
        assert!(buttons.stuck(at(61)).is_empty() && buttons.next_change().is_none());
        assert!(!buttons.report(&wire, false, false, at(62)));
        assert!(buttons.report(&wire, true, false, at(63)));
        assert!(!buttons.report(&wire, true, false, at(64)));
        buttons.lose(&wire.device);
        assert_eq!(buttons.next_change(), None);
    }
}
