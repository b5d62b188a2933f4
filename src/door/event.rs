//! Everything that can happen to a door, and everything that it can do.

use std::sync::Arc;

use jiff::Timestamp;

use crate::domain::{
    access::{Index, Side},
    model::{Activity, Code, CodeHash, CommitId, Finding, Slug, Tag},
};

/// What happens to the doors. There is nothing else.
#[derive(Clone, Debug)]
pub enum Event {
    /// A credential was read.
    Reading(Reading),
    /// From now on these records are in force.
    Index(Arc<Index>, Vec<Finding>),
    /// Something failed that does not end anything, in words.
    Trouble(String),
    /// Time has passed.
    Tick,
    /// The program ends.
    Stop,
}

/// A credential as it was read, and its hash.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Where.
    pub facility: Slug,
    /// On which side.
    pub side: Side,
    /// The number or passcode.
    pub code: Code,
    /// Under what it is stored.
    pub hash: CodeHash,
}

/// What the doors want done, in this order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Effect {
    /// Let this facility be opened.
    Unlock(Slug),
    /// Shut it.
    Lock(Slug),
    /// Write this into the journal.
    Journal(Activity),
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
    /// A credential was read at a facility that is none of ours.
    NotServed(Slug),
    /// A facility is open for a moment.
    Unlocked(Slug),
    /// A facility is held unlocked by a requirement below zero, until then or longer.
    Held(Slug, Tag, Timestamp),
    /// A facility is locked again.
    Locked(Slug),
    /// These records are in force, with what of them could not be used.
    InForce(CommitId, Vec<Finding>),
    /// Something failed; what was in force stays so.
    Trouble(String),
    /// An answer to whoever typed something that is no reading.
    Note(String),
    /// The doors are locked, and the program ends.
    Stopped,
}
