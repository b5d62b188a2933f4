//! What is known about the building at a moment.

use jiff::{SignedDuration, Timestamp};

use crate::domain::model::{Quantity, Slug};

/// What is known about the building at a moment.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The moment.
    pub now: Timestamp,
    /// The month at the place of the space, from 1 to 12.
    pub month: u8,
    /// The guard, if there is one.
    pub guard: Option<GuardSeen>,
    /// The meters.
    pub meters: Vec<MeterSeen>,
    /// The zones.
    pub zones: Vec<ZoneSeen>,
    /// The doors.
    pub doors: Vec<DoorSeen>,
    /// Whether it is certain that nobody is in.
    pub nobody_in: bool,
}

/// The guard.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GuardSeen {
    /// Whether it gave a sign of life lately.
    pub alive: bool,
    /// Why it has cut the furnace, in words, if it has.
    pub cut: Option<String>,
    /// Whether heat is asked for.
    pub asked: bool,
}

/// A meter. Its values are in the unit that measurements are kept in.
#[derive(Clone, Debug)]
pub struct MeterSeen {
    /// Its name.
    pub name: Slug,
    /// What it measures.
    pub measures: Quantity,
    /// The latest value, and when it was measured.
    pub latest: Option<(f64, Timestamp)>,
    /// Since when it is expected to say something.
    pub since: Timestamp,
    /// More than this is wrong.
    pub above: Option<f64>,
    /// Less than this is wrong.
    pub below: Option<f64>,
    /// For how long it may say nothing; `None` if for ever.
    pub silent_after: Option<SignedDuration>,
    /// The zone that it is in.
    pub zone: Option<Slug>,
    /// How a value of it is written for people.
    pub write: fn(f64) -> String,
}

/// A zone.
#[derive(Clone, PartialEq, Debug)]
pub struct ZoneSeen {
    /// Its name.
    pub name: Slug,
    /// How warm it is to be now, in degrees Celsius.
    pub wanted: Option<f64>,
    /// How warm it is, in degrees Celsius.
    pub temperature: Option<f64>,
    /// Whether it is kept above more than frost.
    pub heated: bool,
}

/// A door.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DoorSeen {
    /// Its name.
    pub name: Slug,
    /// Whether it was opened while it was locked, and has not been closed since.
    pub forced: bool,
    /// Whether it was reported to stand open for too long, and has not been closed since.
    pub held_open: bool,
}

impl ZoneSeen {
    /// Tells whether it is being heated, as far as is known.
    #[must_use]
    pub fn is_heating(&self) -> bool {
        match (self.wanted, self.temperature) {
            (Some(wanted), Some(temperature)) => self.heated && temperature < wanted,
            (Some(_), None) => self.heated,
            (None, _) => false,
        }
    }
}
