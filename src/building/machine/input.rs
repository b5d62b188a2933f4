//! What the machine is told, and what it wants to be done.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::tz::TimeZone;

use crate::{
    building::Event,
    config::{BuildingState, GuardState},
    domain::{
        alarms::{Board, DueLetter},
        heat::HeatPlan,
        meters::Measurement,
        model::{Activity, AlarmRules, Base, CommitId, Meter, Slug, Zone},
        schedule::Interval,
    },
    integrations::mqtt::{Happening, Outgoing},
};

/// What the records say about the building.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The commit.
    pub commit: CommitId,
    /// The name of the space.
    pub name: String,
    /// The time zone of the space.
    pub time_zone: TimeZone,
    /// What somebody is told.
    pub rules: AlarmRules,
    /// The meters that can be read.
    pub meters: BTreeMap<Slug, Meter>,
    /// The zones that can be read.
    pub zones: BTreeMap<Slug, Zone>,
    /// Their wishes for heat.
    pub heat: BTreeMap<Slug, HeatPlan>,
}

/// How warm a zone is to be.
#[derive(Clone, PartialEq, Debug)]
pub struct Wanted {
    /// In degrees Celsius.
    pub temperature: f64,
    /// Whether that is more than what keeps its pipes from freezing.
    pub heated: bool,
    /// Why, in words.
    pub why: String,
}

/// A door as it says it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Door {
    /// Its name.
    pub name: Slug,
    /// The facility that it guards.
    pub facility: Slug,
    /// Whether it is locked.
    pub locked: bool,
    /// Whether it stands open, if it has a contact.
    pub open: Option<bool>,
}

/// An activity, and what the member is called if that may be published.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Seen {
    /// The activity.
    pub activity: Activity,
    /// The name.
    pub name: Option<String>,
    /// Whether it happened before the program was started.
    pub earlier: bool,
}

/// What the machine is told.
#[derive(Clone, Debug)]
pub enum Input {
    /// By the broker.
    Broker(Happening),
    /// By the records.
    Plan(Arc<Plan>),
    /// By the guard's file; `None` if there is none.
    Guard(Option<GuardState>),
    /// By a meter that was asked: the number, in the meter's own unit unless it is known otherwise.
    Asked {
        /// Which one.
        meter: Slug,
        /// What it says, or why it says nothing.
        answer: Result<crate::domain::sources::Number, String>,
    },
    /// By the doors.
    Doors(Vec<Door>),
    /// By the journals.
    Activities(Vec<Seen>),
    /// When the facilities of each zone are booked.
    Bookings(BTreeMap<Slug, Vec<Interval>>),
    /// What became of a letter.
    Mailed(DueLetter, Result<(), String>),
    /// Something outside does not work, or works again.
    Trouble(&'static str, Option<String>),
    /// Time has passed.
    Tick,
}

/// What is to be done.
#[derive(Clone, PartialEq, Debug)]
pub enum Effect {
    /// Receive these topics, and no others.
    Subscribe(BTreeSet<String>),
    /// Publish.
    Publish(Outgoing),
    /// Keep a measurement.
    Record(Slug, Base, Measurement),
    /// Send a letter.
    Mail(DueLetter),
    /// Ask a door to unlock.
    Unlock(Slug),
    /// Write a line of the log.
    Tell(Event),
    /// Show the state.
    Show(Box<BuildingState>),
    /// Remember the alarms.
    Remember(Board),
}
