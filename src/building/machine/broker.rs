//! What the broker tells, and what it is asked for.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::{Effect, Machine};
use crate::{
    building::{Event, home},
    integrations::mqtt::{Happening, Incoming, Outgoing},
};

/// How often the topics to receive are said again, in case that got lost.
const AGAIN: SignedDuration = SignedDuration::from_mins(1);

impl Machine {
    pub(super) fn hear(&mut self, happening: Happening, now: Timestamp) {
        match happening {
            Happening::Connected => {
                if let Some(broker) = &mut self.broker {
                    (broker.connected, broker.trouble) = (Some(now), None);
                }
                self.tell(Event::Connected);
                self.shown.forget();
                self.publish(Outgoing::retained(self.terms.topics.presence(), "online"));
                self.subscribe();
                self.announce();
                self.publish_states(now);
                self.show(now, true);
            }
            Happening::Lost(words) => {
                if let Some(broker) = &mut self.broker {
                    (broker.connected, broker.trouble) = (None, Some(words.clone()));
                }
                self.tell(Event::Lost { words });
                self.show(now, true);
            }
            Happening::Message(message) => {
                if let Some(broker) = &mut self.broker {
                    broker.received = broker.received.saturating_add(1);
                }
                self.message(&message, now);
            }
            Happening::TooLarge { topic, size } => {
                let topic = crate::domain::model::text::shown(&topic);
                let words = format!("a message on {topic} has {size} bytes, which is too much");
                for meter in self.routes.meters(&topic) {
                    self.ask(&meter, Err(words.clone()), now);
                }
            }
        }
    }

    fn message(&mut self, message: &Incoming, now: Timestamp) {
        let topics = &self.terms.topics;
        if let Some(door) = topics.ordered(&message.topic) {
            return self.order(door, message, now);
        }
        if let Some(discovery) = self.terms.discovery.clone() {
            if message.topic == home::birth(&discovery) {
                if message.payload == b"online" {
                    self.shown.forget();
                    self.announce();
                    self.publish_states(now);
                }
                return;
            }
            if let Some(id) = home::own_device(&discovery, topics, &message.topic) {
                // What was announced once and is no more. Our own announcements come back, too.
                if !message.payload.is_empty() && !self.shown.is_announced(id) {
                    let message = home::forget(&discovery, id);
                    self.publish(message);
                }
                return;
            }
        }
        self.read(message, now);
    }

    /// Says which topics to receive.
    pub(super) fn subscribe(&mut self) {
        if self.broker.is_none() {
            return;
        }
        let mut filters: BTreeSet<String> = self.routes.filters();
        filters.insert(self.terms.topics.orders());
        if let Some(discovery) = &self.terms.discovery {
            filters.insert(home::birth(discovery));
            filters.insert(home::devices(discovery));
        }
        self.effects.push(Effect::Subscribe(filters));
    }

    pub(super) fn subscribe_if_due(&mut self, now: Timestamp) {
        if self.shown.subscribed.is_none_or(|at| now.duration_since(at).abs() >= AGAIN) {
            self.shown.subscribed = Some(now);
            self.subscribe();
        }
    }
}
