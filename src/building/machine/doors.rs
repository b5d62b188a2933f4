//! The doors as they say they are, and which of them were forced or stand open.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};

use super::{Door, Effect, Machine, Seen};
use crate::{
    building::{Event, access_message::AccessMessage},
    domain::{
        alarms::DoorSeen,
        model::{Reason, Slug},
    },
    integrations::mqtt::{Incoming, Outgoing},
};

/// For how long a door counts as forced if nobody can say whether it was closed.
const FORGOTTEN: SignedDuration = SignedDuration::from_mins(30);

/// The doors.
#[derive(Debug, Default)]
pub(super) struct Doors {
    /// As they say they are.
    pub(super) all: Vec<Door>,
    /// The facilities whose doors were forced or held open, and when.
    forced: BTreeMap<Slug, Timestamp>,
    held: BTreeMap<Slug, Timestamp>,
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

impl Machine {
    /// Takes what happened at the doors.
    pub(super) fn see_activities(&mut self, all: &[Seen], now: Timestamp) {
        for Seen { activity, name, earlier } in all {
            let facility = activity.facility.clone();
            self.presence.add(activity);
            self.people.get_or_insert_default();
            match activity.reason {
                Reason::ForcedOpen => drop(self.doors.forced.insert(facility, activity.time)),
                Reason::HeldOpen => drop(self.doors.held.insert(facility, activity.time)),
                _ => {}
            }
            let place = self.plan.as_ref().map(|it| it.name.clone()).unwrap_or_default();
            let message = AccessMessage::of(activity, &place, |_| name.clone());
            if let Some(message) = message.filter(|_| !earlier)
                && let Ok(text) = serde_json::to_string(&message)
            {
                self.publish(Outgoing::passing(self.terms.topics.access(), text));
            }
        }
        self.presence.forget(now);
        self.look_around(now);
        self.watch(now);
    }

    /// Takes an order for a door.
    pub(super) fn order(&mut self, door: &str, message: &Incoming, now: Timestamp) {
        let known = self.doors.all.iter().find(|it| it.name.as_str() == door);
        let known = known.map(|it| it.name.clone());
        let refused = match (&known, message.payload.as_slice()) {
            _ if message.retained => Some("it was retained, and may be of last year"),
            (None, _) => Some("there is no such door here"),
            (Some(name), b"UNLOCK") if self.terms.unlock.contains(name) => None,
            (Some(_), b"UNLOCK") => Some("the configuration does not allow to unlock it"),
            _ => Some("it can only be unlocked from there"),
        };
        let door = crate::domain::model::text::shown(door);
        match (refused, known) {
            (None, Some(name)) => {
                self.tell(Event::Unlocking { door });
                self.effects.push(Effect::Unlock(name));
            }
            (Some(words), _) => self.tell(Event::Refused { door, words: words.into() }),
            (None, None) => {}
        }
        // Whoever sent it shows the door as it is again.
        self.shown.forget_doors();
        self.publish_states(now);
    }
}
