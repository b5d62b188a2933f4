//! Takes what happened at the doors, and orders for them.

use jiff::Timestamp;

use super::{Effect, Machine, Seen};
use crate::{
    building::{Event, access_message::AccessMessage},
    domain::model::Reason,
    integrations::mqtt::{Incoming, Outgoing},
};

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
