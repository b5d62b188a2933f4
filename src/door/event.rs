//! Everything that can happen to a door, and everything that it can do.

use std::sync::Arc;

use jiff::Timestamp;

use super::timekeeper::Doubt;
use crate::{
    config::Wire,
    control::Order,
    domain::{
        access::{Index, Reading},
        model::{Activity, CommitId, Finding, Slug, SpaceKey, Tag},
    },
    hardware::{DeviceReport, Feedback},
};

/// What can happen to the doors; the list is complete.
#[derive(Clone, Debug)]
pub enum Event {
    /// A simulated reading, which names the door or the facility.
    Reading(Reading),
    /// A report from a device.
    Report(Slug, DeviceReport),
    /// Somebody operates a door by hand.
    Order(Slug, Order, String),
    /// These records are in force from now on.
    Index(Arc<Index>, Option<SpaceKey>, Vec<Finding>),
    /// The clock is in doubt from now on, or no longer.
    Clock(Option<Doubt>),
    /// The records in force are known to have been current at this moment.
    Heard(Timestamp),
    /// Something failed that does not stop the door, in words.
    Trouble(String),
    /// Time has passed.
    Tick,
    /// The program is ending.
    Stop,
}

/// What the doors want done, in this order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Effect {
    /// Write this to the journal before anything moves.
    Journal(Activity),
    /// Unlock this door.
    Unlock(Slug),
    /// Lock this door.
    Lock(Slug),
    /// Give feedback to the person at a reader.
    Feedback(Wire, Feedback),
    /// Show this to whoever is watching.
    Show(ScreenLine),
    /// Send a tick at this instant at the latest.
    WakeAt(Timestamp),
}

/// What is shown to whoever watches the doors.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ScreenLine {
    /// A credential was read and decided upon.
    Reading(Activity),
    /// Something else happened that goes into the journal.
    Activity(Activity),
    /// A credential was read at a facility that is not served here.
    NotServed(Slug),
    /// A reader reported something that is not a credential, and this many more since the last
    /// message.
    Noise(Wire, String, u32),
    /// A door is unlocked for a moment.
    Unlocked(Slug),
    /// A door is held unlocked, at least until then.
    Held(Slug, HeldBy, Timestamp),
    /// A door is locked again.
    Locked(Slug),
    /// A device answers.
    Connected(Slug, String),
    /// The clock is in doubt, or no longer.
    Clock(Option<Doubt>),
    /// These records are in force, with the findings about them.
    InForce(CommitId, Vec<Finding>),
    /// Something failed; what was in force stays in force.
    Trouble(String),
    /// An answer to somebody who typed something that is not a reading.
    Note(String),
    /// The doors are locked, and the program ends.
    Stopped,
}

/// Who or what holds a door unlocked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum HeldBy {
    /// A requirement below zero.
    Requirement(Tag),
    /// A person, by hand.
    Person(String),
}
