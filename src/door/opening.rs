//! One door of this machine: what keeps it unlocked, and the state of its strikes.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::{
    event::{HeldBy, ScreenLine},
    layout::DoorLayout,
    leaf::Leaf,
    unlocks::{Cause, Unlocks},
};
use crate::{
    config::Wire,
    control::Order,
    domain::{
        access::Hold,
        model::{Reason, Slug},
    },
};

/// A door or a tool. Its strikes are unlocked only while a recent unlock, a person, or a
/// requirement below zero keeps them unlocked.
#[derive(Debug)]
pub(super) struct Opening {
    pub(super) layout: DoorLayout,
    pub(super) state: LockState,
    /// Until when it is held unlocked, if it is.
    pub(super) held_until: Option<Timestamp>,
    pub(super) unlocks: Unlocks,
    pub(super) manual: Option<ManualState>,
    pub(super) leaf: Leaf,
    /// The last command to the strikes; `None` while their device is lost.
    commanded: Option<bool>,
    /// The state of the relays, as reported by their devices.
    pub(super) relays: BTreeMap<Wire, Option<bool>>,
}

/// The state that a door should have.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) enum LockState {
    #[default]
    Locked,
    Unlocked,
    Held(HeldBy),
}

/// What somebody has ordered by hand.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum ManualState {
    Hold(String, Timestamp),
    Lock(String),
}

impl Opening {
    pub(super) fn new(layout: DoorLayout) -> Self {
        let relays: BTreeMap<_, _> = layout.strikes.iter().map(|it| (it.clone(), None)).collect();
        Self {
            commanded: relays.is_empty().then_some(false),
            relays,
            layout,
            state: LockState::Locked,
            held_until: None,
            unlocks: Unlocks::default(),
            manual: None,
            leaf: Leaf::default(),
        }
    }

    /// Tells whether anything keeps it unlocked.
    pub(super) fn is_unlocked(&self) -> bool {
        self.state != LockState::Locked
    }

    /// Tells whether a requirement or a person holds it unlocked.
    pub(super) const fn is_held(&self) -> bool {
        matches!(self.state, LockState::Held(_))
    }

    /// Its device is lost, so the state of its strikes is unknown. Members just let in may not
    /// have got in, and have to show a credential again.
    pub(super) fn lose(&mut self, device: &Slug) {
        for (_, on) in self.relays.iter_mut().filter(|(wire, _)| wire.device == *device) {
            *on = None;
            self.commanded = None;
            self.unlocks.clear();
        }
        if self.layout.contact.as_ref().is_some_and(|wire| wire.device == *device) {
            self.leaf.lose();
        }
    }

    /// Its device is connected, with all relays off. Unlocks granted a moment ago, while it was
    /// connecting, stay in force.
    pub(super) fn connect(&mut self, device: &Slug) {
        if self.commanded.is_some() {
            self.lose(device);
        }
        for (_, on) in self.relays.iter_mut().filter(|(wire, _)| wire.device == *device) {
            *on = Some(false);
            (self.commanded, self.state) = (Some(false), LockState::Locked);
        }
    }

    /// Carries out an order given by hand; returns when it ends by itself, if it does.
    pub(super) fn operate(&mut self, order: Order, by: &str, now: Timestamp) -> Option<Timestamp> {
        match order {
            Order::Unlock(seconds) => {
                let duration = seconds.map(|it| SignedDuration::from_secs(it.into()));
                let duration =
                    duration.unwrap_or(self.layout.unlock).min(self.layout.longest_unlock);
                self.unlocks.add(Cause::Hand, now, duration);
                return now.checked_add(duration).ok();
            }
            Order::Hold(until) => {
                self.manual =
                    Some(ManualState::Hold(by.to_owned(), until.unwrap_or(Timestamp::MAX)));
                return until;
            }
            Order::Lock => {
                self.unlocks.clear();
                self.manual = Some(ManualState::Lock(by.to_owned()));
            }
            Order::Release => {
                self.unlocks.end(Cause::Hand);
                self.manual = None;
            }
        }
        None
    }

    /// Locks it by hand.
    pub(super) fn lock_by_hand(&mut self, by: String) {
        self.manual = Some(ManualState::Lock(by));
    }

    /// Returns who locked it by hand, if anybody.
    pub(super) fn locked_by(&self) -> Option<&str> {
        match &self.manual {
            Some(ManualState::Lock(by)) => Some(by),
            _ => None,
        }
    }

    /// Tells whether its devices have confirmed the last order; `None` while one of them does not
    /// answer.
    pub(super) fn is_confirmed(&self) -> Option<bool> {
        let commanded = self.commanded?;
        let relays: Option<Vec<bool>> = self.relays.values().copied().collect();
        Some(relays?.into_iter().all(|on| on == commanded))
    }

    /// Brings the strikes into their required state, and returns whether they move, what to say,
    /// and what the contact has noticed. `hold` is what the requirements demand.
    pub(super) fn update_strikes(
        &mut self,
        name: &Slug,
        hold: Option<Hold<'_>>,
        now: Timestamp,
    ) -> (Option<bool>, Option<ScreenLine>, Option<Reason>) {
        self.unlocks.expire(now);
        if matches!(&self.manual, Some(ManualState::Hold(_, until)) if *until <= now) {
            self.manual = None;
        }
        let held = match (&self.manual, hold) {
            (Some(ManualState::Hold(by, until)), _) => Some((HeldBy::Person(by.clone()), *until)),
            (Some(ManualState::Lock(_)), _) | (None, None) => None,
            (None, Some(hold)) => Some((HeldBy::Requirement(hold.tag.clone()), hold.interval.end)),
        };
        self.held_until = held.as_ref().map(|(_, until)| *until);
        let wanted = match (&held, self.unlocks.last_end()) {
            (Some((holder, _)), _) => LockState::Held(holder.clone()),
            (None, Some(_)) => LockState::Unlocked,
            (None, None) => LockState::Locked,
        };
        // A state that cannot be sent to the strikes is not announced.
        let line = (wanted != self.state && self.commanded.is_some()).then(|| match held {
            Some((holder, until)) => ScreenLine::Held(name.clone(), holder, until),
            None if wanted == LockState::Unlocked => ScreenLine::Unlocked(name.clone()),
            None => ScreenLine::Locked(name.clone()),
        });
        self.state = wanted;
        let unlocked = self.is_unlocked();
        let moves = self.commanded.filter(|commanded| *commanded != unlocked).map(|_| unlocked);
        self.commanded = moves.or(self.commanded);
        (moves, line, self.leaf.tick(unlocked, self.layout.held_open, now))
    }

    /// Ends everything that keeps it unlocked, permanently.
    pub(super) fn stop(&mut self) {
        self.unlocks.clear();
        self.manual = None;
    }

    /// Returns when its state changes by itself.
    pub(super) fn next_change(&self) -> Option<Timestamp> {
        let hold = match &self.manual {
            Some(ManualState::Hold(_, until)) => Some(*until),
            _ => None,
        };
        let leaf = self.leaf.next_change(self.layout.held_open);
        self.unlocks.first_end().into_iter().chain(hold).chain(leaf).min()
    }
}
