//! The doors as they say they are, and which of them were forced or stand open.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};

use super::Door;
use crate::domain::{alarms::DoorSeen, model::Slug};

/// For how long a door counts as forced if nobody can say whether it was closed.
const FORGOTTEN: SignedDuration = SignedDuration::from_mins(30);

/// The doors.
#[derive(Debug, Default)]
pub(super) struct Doors {
    /// As they say they are.
    pub(super) all: Vec<Door>,
    /// The facilities whose doors were forced or held open, and when.
    pub(super) forced: BTreeMap<Slug, Timestamp>,
    pub(super) held: BTreeMap<Slug, Timestamp>,
}

impl Doors {
    pub(super) fn see(&mut self, doors: Vec<Door>) {
        self.all = doors;
    }

    /// Returns what alarms need to know.
    pub(super) fn seen(&mut self, now: Timestamp) -> Vec<DoorSeen> {
        let all = &self.all;
        let still = |facility: &Slug, since: Timestamp| {
            let mut contacts = all
                .iter()
                .filter(|it| it.facility == *facility)
                .filter_map(|it| it.open)
                .peekable();
            match contacts.peek() {
                Some(_) => contacts.any(|open| open),
                None => now.duration_since(since) < FORGOTTEN,
            }
        };
        self.forced.retain(|facility, since| still(facility, *since));
        self.held.retain(|facility, since| still(facility, *since));
        let names: BTreeSet<&Slug> = self.forced.keys().chain(self.held.keys()).collect();
        let one = |name: &Slug| DoorSeen {
            name: name.clone(),
            forced: self.forced.contains_key(name),
            held_open: self.held.contains_key(name),
        };
        names.into_iter().map(one).collect()
    }
}
