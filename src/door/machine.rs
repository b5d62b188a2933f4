//! The door as a pure machine: an event and the time in, effects out.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::{SignedDuration, Timestamp};

use super::event::{Effect, Event, Line, Reading};
use crate::domain::{
    access::{Hold, Index, Side, decide},
    model::{Activity, CodeHash, CommitId, Finding, Outcome, Reason, Slug, Tag},
};

/// How often requirements below zero are tested at the least (`door-refactor.md`: "once per
/// minute").
const MINUTE: SignedDuration = SignedDuration::from_secs(60);

/// All doors of one machine. Whatever happens, a strike is unlocked only while a grant of the
/// last seconds or a requirement below zero keeps it so.
#[derive(Debug)]
pub struct Machine {
    /// The facilities that were asked for; all that the records know if empty.
    chosen: BTreeSet<Slug>,
    unlock: SignedDuration,
    index: Option<Arc<Index>>,
    doors: BTreeMap<Slug, Door>,
    stopped: bool,
}

/// What is remembered of one facility.
#[derive(Debug, Default)]
struct Door {
    state: State,
    /// Who was let in a moment ago.
    grants: Vec<Granted>,
    /// When somebody was first granted, for each requirement that waits for that.
    armed: BTreeMap<Tag, Timestamp>,
}

#[derive(Clone, PartialEq, Eq, Debug, Default)]
enum State {
    #[default]
    Locked,
    Unlocked,
    Held(Tag),
}

#[derive(Debug)]
struct Granted {
    hash: CodeHash,
    at: Timestamp,
    until: Timestamp,
}

impl Machine {
    /// Starts with everything locked and nobody known.
    #[must_use]
    pub fn new(chosen: impl IntoIterator<Item = Slug>, unlock: SignedDuration) -> Self {
        let chosen: BTreeSet<Slug> = chosen.into_iter().collect();
        let doors = chosen.iter().map(|slug| (slug.clone(), Door::default())).collect();
        Self { chosen, unlock, index: None, doors, stopped: false }
    }

    /// Returns the facilities that are served.
    pub fn facilities(&self) -> impl Iterator<Item = &Slug> {
        self.doors.keys()
    }

    /// Takes an event and says what is to be done.
    pub fn handle(&mut self, event: Event, now: Timestamp) -> Vec<Effect> {
        let mut shown = Vec::new();
        match event {
            Event::Reading(reading) => self.read(&reading, now, &mut shown),
            Event::Index(index, findings) => shown.push(self.put(index, findings)),
            Event::Trouble(words) => shown.push(Effect::Show(Line::Trouble(words))),
            Event::Tick => {}
            Event::Stop => self.stopped = true,
        }
        let (mut effects, lines) = self.settle(now);
        // The strike moves first: nobody waits for a line.
        effects.extend(shown);
        effects.extend(lines.into_iter().map(Effect::Show));
        if self.stopped {
            effects.push(Effect::Show(Line::Stopped));
        } else {
            effects.push(Effect::WakeAt(self.next(now)));
        }
        effects
    }

    fn put(&mut self, index: Arc<Index>, findings: Vec<Finding>) -> Effect {
        if self.chosen.is_empty() {
            let known: BTreeSet<&Slug> = index.facilities().collect();
            // One that is not locked yet stays until the records change once more.
            self.doors.retain(|slug, door| known.contains(slug) || door.state != State::Locked);
            for facility in known {
                self.doors.entry(facility.clone()).or_default();
            }
        }
        let line = Line::InForce(index.commit(), findings);
        self.index = Some(index);
        Effect::Show(line)
    }

    fn read(&mut self, reading: &Reading, now: Timestamp, shown: &mut Vec<Effect>) {
        let Some(door) = self.doors.get_mut(&reading.facility) else {
            shown.push(Effect::Show(Line::NotServed(reading.facility.clone())));
            return;
        };
        if self.stopped {
            return;
        }
        let activity = activity(self.index.as_deref(), reading, now);
        match activity.result {
            Outcome::Granted => door.grant(self.index.as_deref(), reading, now, self.unlock),
            Outcome::Exit => door.grants.retain(|grant| grant.hash != reading.hash),
            Outcome::Denied => {}
        }
        shown.push(Effect::Journal(activity.clone()));
        shown.push(Effect::Show(Line::Reading(activity)));
    }

    /// Brings every strike into the state that it should have now: what moves, and what to say.
    fn settle(&mut self, now: Timestamp) -> (Vec<Effect>, Vec<Line>) {
        let (mut moves, mut lines) = (Vec::new(), Vec::new());
        let index = self.index.as_deref();
        for (slug, door) in &mut self.doors {
            // A grant from the future means that the clock was set back: it ends now, rather
            // than some hours later.
            door.grants.retain(|grant| grant.at <= now && now < grant.until);
            let hold = index.filter(|_| !self.stopped).and_then(|it| door.hold(it, slug, now));
            let wanted = match (&hold, door.grants.is_empty() || self.stopped) {
                (Some(hold), _) => State::Held(hold.tag.clone()),
                (None, false) => State::Unlocked,
                (None, true) => State::Locked,
            };
            let was = std::mem::replace(&mut door.state, wanted);
            match (&was, &door.state) {
                // Told once more at the end, whatever happened to the hardware meanwhile.
                (State::Locked, State::Locked) if !self.stopped => {}
                (_, State::Locked) => moves.push(Effect::Lock(slug.clone())),
                (State::Locked, _) => moves.push(Effect::Unlock(slug.clone())),
                _ => {}
            }
            if was != door.state {
                lines.push(match (&door.state, hold) {
                    (State::Held(tag), Some(hold)) => {
                        Line::Held(slug.clone(), tag.clone(), hold.interval.end)
                    }
                    (State::Unlocked, _) => Line::Unlocked(slug.clone()),
                    _ => Line::Locked(slug.clone()),
                });
            }
        }
        (moves, lines)
    }

    /// Returns when something will change by itself, or is to be tested again.
    fn next(&self, now: Timestamp) -> Timestamp {
        let ends = self.doors.values().flat_map(|door| &door.grants).map(|grant| grant.until);
        let bounds = self.index.iter().flat_map(|index| {
            self.doors.keys().filter_map(move |slug| index.next_change(slug, now))
        });
        let minute = now.saturating_add(MINUTE).unwrap_or(Timestamp::MAX);
        ends.chain(bounds).fold(minute, Timestamp::min)
    }
}

impl Door {
    fn grant(
        &mut self,
        index: Option<&Index>,
        reading: &Reading,
        now: Timestamp,
        unlock: SignedDuration,
    ) {
        let until = now.saturating_add(unlock).unwrap_or(now);
        self.grants.push(Granted { hash: reading.hash, at: now, until });
        let holds = index.into_iter().flat_map(|index| index.holds(&reading.facility, now));
        for hold in holds.filter(|hold| hold.arm.is_some()) {
            let at = self.armed.entry(hold.tag.clone()).or_insert(now);
            if !hold.interval.contains(*at) {
                *at = now; // it was armed for an earlier event
            }
        }
    }

    /// Returns what holds this facility unlocked; the one that lasts longest, if several do.
    fn hold<'i>(&self, index: &'i Index, slug: &Slug, now: Timestamp) -> Option<Hold<'i>> {
        let armed = |hold: &Hold<'_>| {
            let at = self.armed.get(hold.tag);
            hold.arm.is_none() || at.is_some_and(|at| hold.interval.contains(*at))
        };
        index.holds(slug, now).filter(armed).max_by_key(|hold| hold.interval.end)
    }
}

/// Decides on a reading, and writes down what came of it. Without an index everybody is denied.
fn activity(index: Option<&Index>, reading: &Reading, now: Timestamp) -> Activity {
    let Reading { facility, side, code, hash } = reading;
    let decision = index.map(|index| decide(index, facility, *side, hash, code.kind(), now));
    let (result, reason) = match (&decision, side) {
        (Some(decision), _) => (decision.result, decision.reason),
        (None, Side::Exit) => (Outcome::Exit, Reason::Exit),
        (None, Side::Entry) => (Outcome::Denied, Reason::UnreadableFacility),
    };
    let unknown = reason == Reason::UnknownCredential;
    Activity {
        time: now,
        facility: facility.clone(),
        member: decision.as_ref().and_then(|it| it.member),
        result,
        reason,
        tag: decision.as_ref().and_then(|it| it.tag.cloned()),
        kind: Some(code.kind()),
        fob: code.loggable().filter(|_| unknown).map(str::to_owned),
        commit: decision.as_ref().map_or_else(CommitId::default, |it| it.commit),
        priority: decision.as_ref().and_then(|it| it.priority),
        required: decision.as_ref().and_then(|it| it.required),
        reader: None,
        by: None,
        doubted: false,
    }
}
