//! The building as a pure machine: what it is told and the time in, what is to be done out.
//!
//! [`Machine::handle`] is the only way in. It reads no file, asks nobody and never waits, so a test
//! lets days pass in a moment.

mod alarms;
mod announce;
mod at_doors;
mod broker;
mod doors;
mod heat;
mod input;
mod letters;
mod meters;
mod readings;
mod routes;
mod shown;
mod states;
#[cfg(test)]
mod tests;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::Timestamp;

pub use self::input::{Door, Effect, Input, Plan, Seen, Wanted};
use self::{doors::Doors, letters::Letters, meters::Meters, routes::Routes, shown::Shown};
use super::{Event, Topics};
use crate::{
    config::{BrokerState, GuardState, PeopleState},
    domain::{alarms::Board, model::Slug, people::Presence, schedule::Interval},
    integrations::mqtt::Outgoing,
};

/// What does not depend on the records.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Terms {
    /// Which broker there is, if there is one.
    pub broker: Option<String>,
    /// The topics of this program.
    pub topics: Topics,
    /// What the topics of Home Assistant begin with, if it is told anything.
    pub discovery: Option<String>,
    /// The doors that may be unlocked from there.
    pub unlock: BTreeSet<Slug>,
}

/// The building.
#[derive(Debug)]
pub struct Machine {
    terms: Terms,
    started: Timestamp,
    plan: Option<Arc<Plan>>,
    routes: Routes,
    broker: Option<BrokerState>,
    meters: Meters,
    doors: Doors,
    guard: Option<GuardState>,
    presence: Presence,
    /// How many people are in, if anything was ever heard of the doors.
    people: Option<PeopleState>,
    bookings: BTreeMap<Slug, Vec<Interval>>,
    wanted: BTreeMap<Slug, Wanted>,
    board: Board,
    /// The letters that are on their way, and those that could not be sent, with the time for the
    /// next attempt.
    letters: Letters,
    troubles: BTreeMap<&'static str, String>,
    shown: Shown,
    effects: Vec<Effect>,
}

impl Machine {
    /// Makes one that knows nothing yet but the alarms that there were.
    #[must_use]
    pub fn new(terms: Terms, board: Board, now: Timestamp) -> Self {
        let broker = terms.broker.clone().map(|place| BrokerState {
            place,
            connected: None,
            trouble: None,
            received: 0,
        });
        Self {
            terms,
            started: now,
            plan: None,
            routes: Routes::default(),
            broker,
            meters: Meters::default(),
            doors: Doors::default(),
            guard: None,
            presence: Presence::default(),
            people: None,
            bookings: BTreeMap::new(),
            wanted: BTreeMap::new(),
            board,
            letters: Letters::default(),
            troubles: BTreeMap::new(),
            shown: Shown::default(),
            effects: Vec::new(),
        }
    }

    /// Takes over what happened, and returns what is to be done.
    pub fn handle(&mut self, input: Input, now: Timestamp) -> Vec<Effect> {
        match input {
            Input::Broker(happening) => self.hear(happening, now),
            Input::Plan(plan) => self.take_over(plan, now),
            Input::Guard(state) => self.see_guard(state, now),
            Input::Asked { meter, answer } => self.ask(&meter, answer, now),
            Input::Doors(doors) => {
                self.doors.see(doors);
                self.publish_states(now);
            }
            Input::Activities(all) => self.see_activities(&all, now),
            Input::Bookings(bookings) => self.bookings = bookings,
            Input::Mailed(letter, outcome) => self.mailed(&letter, outcome, now),
            Input::Trouble(what, words) => self.trouble(what, words),
            Input::Tick => self.tick(now),
        }
        std::mem::take(&mut self.effects)
    }

    /// Does what is due because time has passed.
    fn tick(&mut self, now: Timestamp) {
        self.effects.extend(self.meters.release(now));
        self.look_around(now);
        self.watch(now);
        self.publish_states(now);
        self.subscribe_if_due(now);
        self.show(now, false);
    }

    fn take_over(&mut self, plan: Arc<Plan>, now: Timestamp) {
        self.routes = Routes::new(&plan);
        self.meters.take_over(&plan, now);
        self.tell(Event::InForce {
            commit: plan.commit,
            meters: plan.meters.len(),
            zones: plan.zones.len(),
        });
        self.plan = Some(plan);
        self.look_around(now);
        self.shown.forget();
        self.subscribe();
        self.announce();
        self.publish_states(now);
    }

    fn see_guard(&mut self, state: Option<GuardState>, now: Timestamp) {
        let plan = self.plan.clone();
        for (name, meter) in plan.iter().flat_map(|plan| &plan.meters) {
            let Some(crate::domain::model::Source::Guard(source)) = &meter.source else { continue };
            let Some(state) = &state else { continue };
            let new = self.guard.as_ref().is_none_or(|old| old.updated < state.updated);
            let found = state.thermometers.iter().find(|it| it.name == source.thermometer);
            let answer = match found {
                None => Err(format!("the guard has no thermometer {}", source.thermometer)),
                Some(it) => it.temperature.ok_or_else(|| {
                    it.why.clone().unwrap_or_else(|| format!("its thermometer is {}", it.verdict))
                }),
            };
            if new {
                use crate::domain::{model::Unit, sources::Number};
                self.ask(name, answer.map(|value| Number::of(value, Unit::Celsius)), now);
            }
        }
        self.guard = state;
    }

    fn trouble(&mut self, what: &'static str, words: Option<String>) {
        match words {
            Some(words) if self.troubles.get(what) != Some(&words) => {
                self.troubles.insert(what, words.clone());
                self.tell(Event::Trouble { words });
            }
            Some(_) => {}
            None => drop(self.troubles.remove(what)),
        }
    }

    fn tell(&mut self, event: Event) {
        self.effects.push(Effect::Tell(event));
    }

    /// Publishes, if there is a connection; if not, it is published once there is one.
    fn publish(&mut self, message: Outgoing) {
        if self.is_connected() {
            self.effects.push(Effect::Publish(message));
        }
    }

    fn is_connected(&self) -> bool {
        self.broker.as_ref().is_some_and(|it| it.connected.is_some())
    }

    /// Returns the alarms of a kind that there are now.
    #[cfg(test)]
    fn alarms(&self, kind: crate::domain::model::AlarmKind) -> usize {
        self.board.raised().filter(|it| it.id.kind == kind).count()
    }
}
