//! The doors as a pure machine: an event and the time in, effects out.

mod age;
mod by_hand;
mod reading;
mod report;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::{SignedDuration, Timestamp};

use super::{
    arming::Arming,
    buttons::Buttons,
    devices::Devices,
    event::{Effect, Event, ScreenLine},
    freshness::Freshness,
    guesses::Guesses,
    layout::MachineLayout,
    note,
    opening::Opening,
    reader::ReaderState,
    timekeeper::Doubt,
};
use crate::{
    config::Wire,
    control::Order,
    domain::{
        access::{self, Index, Reading},
        model::{Activity, Finding, Reason, Slug, SpaceKey},
        schedule::Window,
    },
    hardware::Feedback,
};

/// The maximum time between tests of requirements below zero (requirements.md D-46).
const MINUTE: SignedDuration = SignedDuration::from_secs(60);

/// All doors of one machine. Whatever happens, a strike is unlocked only while a recent grant, a
/// person, or a requirement below zero keeps it unlocked.
#[derive(Debug)]
pub struct Machine {
    pub(super) layout: MachineLayout,
    pub(super) index: Option<Arc<Index>>,
    key: Option<SpaceKey>,
    pub(super) doors: BTreeMap<Slug, Opening>,
    pub(super) readers: BTreeMap<ReadingPoint, ReaderState>,
    /// The codes that nobody holds, of those asked for by the socket.
    pub(super) tries: Guesses,
    pub(super) devices: Devices,
    arming: Arming,
    buttons: Buttons,
    /// Who locked which door by hand before this program was started.
    kept_locks: BTreeMap<Slug, String>,
    pub(super) doubt: Option<Doubt>,
    /// How old the records are.
    freshness: Freshness,
    stopped: bool,
}

/// Where a credential was read.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum ReadingPoint {
    /// At a wired reader.
    Wire(Wire),
    /// At a simulated reader of a door; true for the exit.
    Simulated(Slug, bool),
}

/// The results of an event, apart from the strikes.
#[derive(Default)]
struct Outcomes {
    activities: Vec<Activity>,
    feedback: Vec<(Wire, Feedback)>,
    lines: Vec<ScreenLine>,
}

impl Machine {
    /// Starts with everything locked and no records.
    #[must_use]
    pub fn new(layout: MachineLayout) -> Self {
        let doors = layout.doors.iter();
        let freshness = Freshness::new(layout.longest_age);
        let mut machine = Self {
            freshness,
            doors: doors.map(|(name, it)| (name.clone(), Opening::new(it.clone()))).collect(),
            layout,
            index: None,
            key: None,
            readers: BTreeMap::new(),
            tries: Guesses::default(),
            devices: Devices::default(),
            arming: Arming::default(),
            buttons: Buttons::default(),
            kept_locks: BTreeMap::new(),
            doubt: None,
            stopped: false,
        };
        machine.add_simulated_doors();
        machine
    }

    /// Returns the names of the doors.
    pub fn doors(&self) -> impl Iterator<Item = &Slug> {
        self.doors.keys()
    }

    /// Returns the relays that unlock a door.
    #[must_use]
    pub fn strikes(&self, door: &Slug) -> &[Wire] {
        self.doors.get(door).map_or(&[], |door| &door.layout.strikes)
    }

    /// Returns the doors that a name stands for: the door itself, or all doors of a facility.
    #[must_use]
    pub fn doors_named(&self, name: &Slug) -> Vec<Slug> {
        match self.doors.contains_key(name) {
            true => vec![name.clone()],
            false => self.doors_of(name),
        }
    }

    fn doors_of(&self, facility: &Slug) -> Vec<Slug> {
        let found = self.doors.iter().filter(|(_, door)| door.layout.facility == *facility);
        found.map(|(name, _)| name.clone()).collect()
    }

    /// Decides on a reading without moving anything, for a person who asks through the socket.
    /// Returns the answer, and the activity to record for it.
    ///
    /// # Errors
    /// The time until which nothing is answered, because too many unknown codes were asked for.
    pub fn try_reading(
        &mut self,
        reading: &Reading,
        by: &str,
        now: Timestamp,
    ) -> (Result<Activity, Timestamp>, Option<Activity>) {
        let known = self.doors.get(&reading.facility).map(|door| door.layout.facility.clone());
        let facility = known.unwrap_or_else(|| reading.facility.clone());
        let note = Activity {
            kind: Some(reading.code.kind()),
            by: Some(by.to_owned()),
            ..self.activity(&facility, Reason::Tried, None, now)
        };
        if let Some(until) = self.tries.lockout_end(now) {
            return (Err(until), self.tries.claim_report(now).then_some(note));
        }
        let answer = self.decide(&facility, reading.side, &reading.code, now);
        if answer.member.is_none() {
            let hash = self.key.as_ref().map(|key| reading.code.hash(key));
            self.tries.count(hash, self.layout.patience, now);
        }
        let note = Activity { member: answer.member, ..note };
        (Ok(answer), Some(note))
    }

    /// Tells whether a door, or a door of a facility, is held unlocked.
    #[must_use]
    pub fn is_held(&self, name: &Slug) -> bool {
        let doors = self.doors_named(name);
        doors.iter().filter_map(|it| self.doors.get(it)).any(Opening::is_held)
    }

    /// Says why a door will not carry out an order given by hand, if it will not.
    #[must_use]
    pub fn refusal(&self, name: &Slug, order: Order, now: Timestamp) -> Option<String> {
        if let Order::Hold(Some(until)) = order
            && until <= now
        {
            return Some(format!("{until} has passed: a door is held until a later time"));
        }
        let Order::Unlock(Some(seconds)) = order else { return None };
        let doors = self.doors_named(name);
        let mut doors = doors.iter().filter_map(|it| Some((it, self.doors.get(it)?)));
        let longest = |door: &Opening| door.layout.longest_unlock.as_secs();
        let (door, opening) = doors.find(|(_, it)| longest(it) < i64::from(seconds))?;
        Some(format!(
            "{door} may be unlocked for {} seconds at the most (`longest_unlock_seconds` in this \
             machine's configuration); to keep it open for longer, hold it until a time",
            longest(opening)
        ))
    }

    /// Tells whether the devices have confirmed the last order to a door; `None` while one of them
    /// does not answer.
    #[must_use]
    pub fn is_confirmed(&self, door: &Slug) -> Option<bool> {
        self.doors.get(door).map_or(Some(true), Opening::is_confirmed)
    }

    /// Tells whether the index covers this time; true without an index.
    #[must_use]
    pub fn covers(&self, now: Timestamp) -> bool {
        let horizon = self.index.as_ref().map(|index| index.horizon());
        horizon.is_none_or(|horizon| horizon.from <= now && now < horizon.until)
    }

    /// Works the rules out for another time, without another commit.
    pub fn cover(&mut self, window: Window) {
        if let Some(index) = &self.index {
            self.index = Some(Arc::new(index.with_window(window)));
        }
    }

    /// Restores from the journal what has to outlive a restart: who was granted access, since some
    /// requirements wait for that, and the wrong codes, since guessing must stay slow.
    pub fn remember(&mut self, activity: &Activity) {
        match activity.reason {
            Reason::PrioritySuffices => {
                if let Some(index) = &self.index {
                    self.arming.grant(index, &activity.facility, activity.time);
                }
            }
            Reason::UnknownCredential => self.count_again(activity),
            Reason::RecordsOld | Reason::RecordsCurrent => self.freshness.remember(activity),
            Reason::Tried if activity.member.is_none() => {
                self.tries.count(None, self.layout.patience, activity.time);
            }
            _ => {}
        }
    }

    /// Handles an event and returns what is to be done.
    pub fn handle(&mut self, event: Event, now: Timestamp) -> Vec<Effect> {
        let mut out = Outcomes::default();
        match event {
            Event::Reading(reading) => self.simulated_reading(&reading, now, &mut out),
            Event::Report(device, report) => self.report(device, report, now, &mut out),
            Event::Order(door, order, by) => self.operate(&door, order, &by, now, &mut out),
            Event::Index(index, key, findings) => {
                self.replace_index(index, key, findings, &mut out)
            }
            Event::Clock(doubt) => {
                self.doubt = doubt;
                out.lines.push(ScreenLine::Clock(doubt));
            }
            Event::Heard(at) => self.freshness.hear(at),
            Event::Trouble(words) => out.lines.push(ScreenLine::Trouble(words)),
            Event::Tick => {}
            Event::Stop => self.stopped = true,
        }
        self.tell_age(now, &mut out);
        for wire in self.buttons.stuck(now) {
            let words = format!(
                "the button at {wire} has been pressed for a minute: it is ignored until it is let \
                 go; is it stuck, or wired as normally closed?"
            );
            out.lines.push(ScreenLine::Trouble(words));
        }
        let moves = self.update_strikes(now, &mut out);
        // What happened is on its way to the disk before the strike moves; nothing else delays it.
        let activities = out.activities.into_iter().map(Effect::Journal);
        let mut effects: Vec<Effect> = activities.chain(moves).collect();
        effects.extend(out.feedback.into_iter().map(|(wire, it)| Effect::Feedback(wire, it)));
        effects.extend(out.lines.into_iter().map(Effect::Show));
        effects.push(if self.stopped {
            Effect::Show(ScreenLine::Stopped)
        } else {
            Effect::WakeAt(self.next_change(now))
        });
        effects
    }

    fn replace_index(
        &mut self,
        index: Arc<Index>,
        key: Option<SpaceKey>,
        findings: Vec<Finding>,
        out: &mut Outcomes,
    ) {
        out.lines.push(ScreenLine::InForce(index.commit(), findings));
        self.index = Some(index);
        self.key = key.or_else(|| self.key.take());
        self.add_simulated_doors();
    }

    /// Adds a door for each facility without one, if the layout says so.
    fn add_simulated_doors(&mut self) {
        let Some((door, chosen)) = &self.layout.others else { return };
        let known: BTreeSet<&Slug> = match &self.index {
            Some(index) if chosen.is_empty() => index.facilities().collect(),
            _ => chosen.iter().collect(),
        };
        // A door that is not locked yet stays until the records change again.
        self.doors.retain(|slug, door| known.contains(slug) || door.is_unlocked());
        for facility in known {
            let layout =
                || super::layout::DoorLayout { facility: facility.clone(), ..door.clone() };
            let kept = &mut self.kept_locks;
            self.doors.entry(facility.clone()).or_insert_with(|| {
                let mut opening = Opening::new(layout());
                kept.remove(facility).into_iter().for_each(|by| opening.lock_by_hand(by));
                opening
            });
        }
    }

    fn operate(&mut self, name: &Slug, order: Order, by: &str, now: Timestamp, out: &mut Outcomes) {
        let mut facilities = BTreeMap::new();
        for door in self.doors_named(name) {
            if let Some(door) = self.doors.get_mut(&door).filter(|_| !self.stopped) {
                let until = door.operate(order, by, now);
                facilities.insert(door.layout.facility.clone(), until);
            }
        }
        for (facility, until) in facilities {
            let activity = self.activity(&facility, note::manual_reason(order), None, now);
            let activity = Activity { by: Some(by.to_owned()), until, ..activity };
            out.activities.push(activity.clone());
            out.lines.push(ScreenLine::Activity(activity));
        }
    }

    fn record(
        &self,
        facility: &Slug,
        reason: Reason,
        wire: Option<&Wire>,
        now: Timestamp,
        out: &mut Outcomes,
    ) {
        let activity = self.activity(facility, reason, wire, now);
        out.activities.push(activity.clone());
        out.lines.push(ScreenLine::Activity(activity));
    }

    fn activity(
        &self,
        facility: &Slug,
        reason: Reason,
        wire: Option<&Wire>,
        now: Timestamp,
    ) -> Activity {
        let activity = access::incident(self.index.as_deref(), facility, reason, now);
        Activity { doubted: self.doubt.is_some(), ..note::with_reader(activity, wire) }
    }

    /// Brings every strike into its required state.
    fn update_strikes(&mut self, now: Timestamp, out: &mut Outcomes) -> Vec<Effect> {
        let (mut moves, mut late) = (Vec::new(), Vec::new());
        // With a clock in doubt, nothing is held unlocked.
        let index = self.index.as_deref().filter(|_| !self.stopped && self.doubt.is_none());
        for (name, door) in &mut self.doors {
            if self.stopped {
                door.stop();
            }
            let facility = &door.layout.facility;
            // Old records hold nothing unlocked where they do not suffice for everybody.
            let hold =
                index.filter(|it| it.stale_rule(facility, self.freshness.age(now)).is_none());
            let hold = hold.and_then(|it| self.arming.hold(it, facility, now));
            let (moved, line, reason) = door.update_strikes(name, hold, now);
            match moved {
                Some(true) => moves.push(Effect::Unlock(name.clone())),
                Some(false) => {
                    moves.push(Effect::Lock(name.clone()));
                    let readers = door.layout.readers.iter();
                    out.feedback.extend(readers.map(|(it, _)| (it.clone(), Feedback::Idle)));
                }
                // Sent once more at the end, whatever happened to the hardware in the meantime.
                None if self.stopped => moves.push(Effect::Lock(name.clone())),
                None => {}
            }
            out.lines.extend(line);
            late.extend(
                reason.map(|it| (door.layout.facility.clone(), it, door.layout.contact.clone())),
            );
        }
        for (facility, reason, contact) in late {
            self.record(&facility, reason, contact.as_ref(), now, out);
        }
        moves
    }

    /// Returns when something changes by itself or has to be tested again.
    fn next_change(&self, now: Timestamp) -> Timestamp {
        let minute = now.saturating_add(MINUTE).unwrap_or(Timestamp::MAX);
        let own = self.doors.values().filter_map(Opening::next_change);
        let bounds = self.index.iter().flat_map(|index| {
            let facilities = self.doors.values().map(|door| &door.layout.facility);
            facilities.filter_map(move |slug| index.next_change(slug, now))
        });
        own.chain(bounds).chain(self.buttons.next_change()).fold(minute, Timestamp::min)
    }
}
