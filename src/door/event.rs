//! Everything that can happen to a door, and everything that it can do.

use std::sync::Arc;

use jiff::Timestamp;

use super::timekeeper::Doubt;
use crate::{
    config::Wire,
    control::Order,
    domain::{
        access::{Index, Scan},
        model::{Activity, CommitId, Finding, Key, Slug, Tag},
    },
    hardware::{DeviceReport, Feedback},
};

/// What happens to the doors. There is nothing else.
#[derive(Clone, Debug)]
pub enum Event {
    /// A credential was read by a reader that is none; it names the door or the facility.
    Scan(Scan),
    /// A device says something.
    Report(Slug, DeviceReport),
    /// Somebody operates a door by hand.
    Order(Slug, Order, String),
    /// From now on these records are in force.
    Index(Arc<Index>, Option<Key>, Vec<Finding>),
    /// From now on the clock is not believed, or is again.
    Clock(Option<Doubt>),
    /// Something failed that does not end anything, in words.
    Trouble(String),
    /// Time has passed.
    Tick,
    /// The program ends.
    Stop,
}

/// What the doors want done, in this order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Effect {
    /// Write this into the journal before anything moves.
    Journal(Activity),
    /// Let this door be opened.
    Unlock(Slug),
    /// Shut it.
    Lock(Slug),
    /// Tell the person at a reader.
    Feedback(Wire, Feedback),
    /// Show this to whoever watches.
    Show(Line),
    /// Call again with a tick at this instant, at the latest.
    WakeAt(Timestamp),
}

/// What whoever watches the doors gets to see.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Line {
    /// A credential was read and decided upon.
    Reading(Activity),
    /// Something else happened that goes into the journal.
    Happened(Activity),
    /// A credential was read at a facility that is none of ours.
    NotServed(Slug),
    /// A reader read what is no credential, and so often more since that was told last.
    Noise(Wire, String, u32),
    /// A door is open for a moment.
    Unlocked(Slug),
    /// A door is held unlocked, until then or longer.
    Held(Slug, Holder, Timestamp),
    /// A door is locked again.
    Locked(Slug),
    /// A device answers.
    Connected(Slug, String),
    /// The clock is not believed, or is again.
    Clock(Option<Doubt>),
    /// These records are in force, with what of them could not be used.
    InForce(CommitId, Vec<Finding>),
    /// Something failed; what was in force stays so.
    Trouble(String),
    /// An answer to whoever typed something that is no reading.
    Note(String),
    /// The doors are locked, and the program ends.
    Stopped,
}

/// Who or what holds a door unlocked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Holder {
    /// A requirement below zero.
    Requirement(Tag),
    /// A person, by hand.
    Person(String),
}
