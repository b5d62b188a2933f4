//! What is posted where and when, as a pure machine: what it is told and the time in, what is to be done
//! out.

mod events;
mod input;
mod outbox;
mod posting;
#[cfg(test)]
mod tests;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::Timestamp;

pub use self::{
    input::{DoorSeen, Effect, Happened, Input, Job, Known, Private, Terms},
    outbox::{Outbox, Place, Waiting},
};
use super::{
    Event,
    status::{ChatStatus, PostStatus},
};
use crate::domain::model::Slug;

/// How much is kept that happened before the records were known.
const MOST_EARLY: usize = 1_000;

/// The posts of all chats.
#[derive(Debug)]
pub struct Machine {
    terms: Terms,
    started: Timestamp,
    known: Option<Arc<Known>>,
    /// What happened before the records were known.
    early: Vec<Input>,
    outbox: Outbox,
    /// The posts that are on their way.
    flights: BTreeSet<String>,
    /// Until when what was posted to each place is enough, at one post a second.
    pace: BTreeMap<(Slug, Place), Timestamp>,
    troubles: BTreeMap<String, String>,
    listening: BTreeSet<Slug>,
    count: u64,
    /// Whether what is remembered has changed.
    changed: bool,
    effects: Vec<Effect>,
}

impl Machine {
    /// Makes one with what was remembered.
    #[must_use]
    pub fn new(terms: Terms, outbox: Outbox, now: Timestamp) -> Self {
        let mut machine = Self {
            terms,
            started: now,
            known: None,
            early: Vec::new(),
            outbox,
            flights: BTreeSet::new(),
            pace: BTreeMap::new(),
            troubles: BTreeMap::new(),
            listening: BTreeSet::new(),
            count: 0,
            changed: false,
            effects: Vec::new(),
        };
        machine.changed = machine.outbox.begin(now);
        machine
    }

    /// Takes over what happened, and returns what is to be done, in this order.
    pub fn handle(&mut self, input: Input, now: Timestamp) -> Vec<Effect> {
        self.take(input, now);
        if self.known.is_some() {
            for input in std::mem::take(&mut self.early) {
                self.take(input, now);
            }
        }
        self.dispatch(now);
        let mut effects = std::mem::take(&mut self.effects);
        if std::mem::take(&mut self.changed) {
            // Before anything is posted: a kill in between neither loses nor repeats it.
            effects.insert(0, Effect::Remember(self.outbox.clone()));
        }
        effects
    }

    fn take(&mut self, input: Input, now: Timestamp) {
        match input {
            // Nobody knows yet which channel wants it.
            Input::Happened(_)
            | Input::Newcomers { .. }
            | Input::Doors(_)
            | Input::Alarms(_)
            | Input::Activities(_)
            | Input::Private(_)
                if self.known.is_none() =>
            {
                if self.early.len() < MOST_EARLY {
                    self.early.push(input);
                }
            }
            // Its file stays where it is, so it comes again.
            Input::Reported(..) if self.known.is_none() => {}
            Input::Known(known) => self.take_over(known),
            Input::Reported(happened, path) => {
                self.report(&happened, now);
                self.effects.push(Effect::Discard(path));
            }
            Input::Happened(happened) => self.happen(&happened, now),
            Input::Newcomers { commit, happened } => {
                happened.iter().for_each(|it| self.happen(it, now));
                if self.outbox.commit != Some(commit) {
                    self.outbox.commit = Some(commit);
                    self.changed = true;
                }
            }
            Input::Doors(doors) => self.see_doors(&doors, now),
            Input::Alarms(alarms) => self.see_alarms(&alarms, now),
            Input::Activities(all) => all.iter().for_each(|it| self.see_activity(it, now)),
            Input::Private(all) => all.into_iter().for_each(|it| self.write_to(it, now)),
            Input::Posted(key, outcome) => self.posted(&key, outcome, now),
            Input::Arrived(key, outcome) => self.arrived(&key, outcome, now),
            Input::Listening(chat, on) => {
                if on && self.listening.insert(chat.clone()) {
                    self.tell(Event::Listening { chat });
                } else if !on {
                    self.listening.remove(&chat);
                }
            }
            Input::Trouble(what, words) => self.trouble(&what, words),
            Input::Tell(event) => self.tell(event),
            Input::Tick => self.tick(now),
        }
    }

    fn tick(&mut self, now: Timestamp) {
        self.changed |= self.outbox.forget(now);
        self.effects.push(Effect::Show(self.status(now)));
    }

    fn take_over(&mut self, known: Arc<Known>) {
        let (commit, channels) = (known.commit, known.channels.len());
        if self.known.as_ref().map(|it| it.commit) != Some(commit) {
            self.tell(Event::InForce { commit, channels });
        }
        self.known = Some(known);
    }

    fn trouble(&mut self, what: &str, words: Option<String>) {
        match words {
            Some(words) if self.troubles.get(what) != Some(&words) => {
                self.troubles.insert(what.to_owned(), words.clone());
                self.tell(Event::Trouble { words: format!("{what}: {words}") });
            }
            Some(_) => {}
            None => {
                if self.troubles.remove(what).is_some() {
                    self.tell(Event::Works { what: what.to_owned() });
                }
            }
        }
    }

    fn tell(&mut self, event: Event) {
        self.effects.push(Effect::Tell(event));
    }

    fn status(&self, now: Timestamp) -> ChatStatus {
        let waiting = self.outbox.waiting.iter().map(|it| PostStatus {
            chat: it.chat.clone(),
            place: it.place.shown(),
            since: it.since,
            trouble: it.trouble.clone(),
        });
        let troubles = self.troubles.iter().map(|(what, words)| format!("{what}: {words}"));
        ChatStatus {
            started: self.started,
            updated: now,
            listening: self.listening.iter().cloned().collect(),
            posted: self.count,
            waiting: waiting.collect(),
            trouble: troubles.collect(),
        }
    }
}
