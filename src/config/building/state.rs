//! How the running building is, in a file for whoever wants to see it.

use std::{
    io,
    path::{Path, PathBuf},
};

use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    config::state_file,
    domain::{alarms::Alarm, model::Slug},
};

/// After this time without a sign of life, the program does not run.
const ALIVE: SignedDuration = SignedDuration::from_secs(120);

/// How the running building is.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct BuildingState {
    /// When the program was started.
    pub started: Timestamp,
    /// When this was written.
    pub updated: Timestamp,
    /// The broker, if there is one.
    pub broker: Option<BrokerState>,
    /// The meters.
    pub meters: Vec<MeterState>,
    /// The zones.
    pub zones: Vec<ZoneState>,
    /// How many people are in, if that is known.
    pub people: Option<PeopleState>,
    /// What is wrong.
    pub alarms: Vec<Alarm>,
    /// What else does not work, in words.
    pub trouble: Vec<String>,
}

/// The connection with a broker.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct BrokerState {
    /// Which one.
    pub place: String,
    /// Since when there is a connection, if there is one.
    pub connected: Option<Timestamp>,
    /// Why there is none.
    pub trouble: Option<String>,
    /// How many messages were received.
    pub received: u64,
}

/// A meter.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MeterState {
    /// Its name.
    pub meter: Slug,
    /// Its latest value, in its own unit.
    pub value: Option<f64>,
    /// The unit.
    pub unit: String,
    /// When that was measured.
    pub at: Option<Timestamp>,
    /// What is wrong with what it said last, if anything.
    pub trouble: Option<String>,
}

/// A zone. Temperatures are in degrees Celsius.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ZoneState {
    /// Its name.
    pub zone: Slug,
    /// How warm it should be.
    pub wanted: f64,
    /// Why, in words.
    pub why: String,
    /// How warm it is, if that is known.
    pub temperature: Option<f64>,
}

/// How many people are in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct PeopleState {
    /// How many are in, as far as can be told.
    pub number: u32,
    /// At least this many.
    pub least: u32,
    /// At most this many.
    pub most: u32,
}

impl BuildingState {
    /// The file, unless the configuration names another one.
    #[must_use]
    pub fn path() -> PathBuf {
        "/run/space-building/building.json".into()
    }

    /// Reads the file; `None` if there is none.
    ///
    /// # Errors
    /// It cannot be read, or is not from this program.
    pub fn read(path: &Path) -> io::Result<Option<Self>> {
        state_file::read(path)
    }

    /// Replaces the file, for all to read.
    ///
    /// # Errors
    /// It cannot be written.
    pub(crate) fn write(&self, path: &Path) -> io::Result<()> {
        state_file::write(self, path)
    }

    /// Tells whether the program was running a moment ago.
    #[must_use]
    pub fn is_alive(&self, now: Timestamp) -> bool {
        now.duration_since(self.updated).abs() <= ALIVE
    }
}
