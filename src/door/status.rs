//! The status of the doors.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use super::{
    Machine,
    devices::DeviceStatus,
    event::HeldBy,
    machine::ReadingPoint,
    opening::{LockState, ManualState, Opening},
    timekeeper::Doubt,
};
use crate::domain::model::{CommitId, CredentialType, Slug, StaleRule, Tag};

/// The complete status.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct Status {
    /// The time, according to the door.
    pub time: Timestamp,
    /// Why the clock is in doubt, if it is.
    pub doubt: Option<Doubt>,
    /// The commit that is in force.
    pub commit: Option<CommitId>,
    /// The doors by name.
    pub doors: Vec<DoorStatus>,
    /// The devices by name.
    pub devices: Vec<DeviceStatus>,
    /// The readers that take no credentials of a type for a while.
    pub pauses: Vec<Pause>,
}

/// A reader that too many wrong codes were tried at.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct Pause {
    /// The reader, or the door where it is simulated.
    pub reader: String,
    /// What it does not take; it takes the other type.
    #[serde(rename = "type")]
    pub kind: CredentialType,
    /// Until when.
    pub until: Timestamp,
}

/// One door.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct DoorStatus {
    /// Its name.
    pub door: Slug,
    /// The facility that it guards.
    pub facility: Slug,
    /// The state that it should have.
    pub state: DoorState,
    /// The earliest end of that state, if it ends by itself.
    pub until: Option<Timestamp>,
    /// The requirement that holds it unlocked.
    pub requirement: Option<Tag>,
    /// Who holds it unlocked or locked by hand.
    pub by: Option<String>,
    /// The state of its strikes.
    pub strike: StrikeState,
    /// Whether it stands open, if known.
    pub open: Option<bool>,
    /// What opens it, as long as the records are too old for everybody to get in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stale: Option<StaleRule>,
    /// When a requirement next begins or ends.
    pub next_change: Option<Timestamp>,
}

/// The state that a door should have.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DoorState {
    /// Nobody gets in without a credential.
    Locked,
    /// Somebody was just let in.
    Unlocked,
    /// It is unlocked for everybody.
    Held,
    /// Locked by hand: no requirement unlocks it.
    LockedByHand,
}

/// The state of a door's strikes, as reported by the devices.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StrikeState {
    /// It has none.
    None,
    /// All are locked.
    Locked,
    /// One is unlocked.
    Unlocked,
    /// The device does not answer, so they may be either.
    Unknown,
}

impl Machine {
    /// Returns the status.
    #[must_use]
    pub fn status(&self, now: Timestamp) -> Status {
        let pauses = self.readers.iter().flat_map(|(spot, reader)| {
            let name = match spot {
                ReadingPoint::Wire(wire) => wire.to_string(),
                ReadingPoint::Simulated(door, _) => door.to_string(),
            };
            reader.lockouts(now).map(move |(kind, until)| Pause {
                reader: name.clone(),
                kind,
                until,
            })
        });
        let index = self.index.as_deref();
        let next = |facility| {
            // Nothing changes where the index ends, since it is moved forward long before that.
            let at = index?.next_change(facility, now)?;
            (at < index?.horizon().until).then_some(at)
        };
        let doors = self.doors.iter().map(|(name, door)| DoorStatus {
            next_change: next(&door.layout.facility),
            stale: self.stale_rule(&door.layout.facility, now),
            ..door.status(name)
        });
        Status {
            time: now,
            doubt: self.doubt,
            commit: index.map(crate::domain::access::Index::commit),
            doors: doors.collect(),
            devices: self.devices.all(),
            pauses: pauses.collect(),
        }
    }
}

impl Opening {
    fn status(&self, name: &Slug) -> DoorStatus {
        let (state, until, requirement, by) = match (&self.state, &self.manual) {
            (LockState::Held(HeldBy::Requirement(tag)), _) => {
                (DoorState::Held, self.held_until, Some(tag.clone()), None)
            }
            (LockState::Held(HeldBy::Person(by)), _) => {
                (DoorState::Held, self.held_until, None, Some(by.clone()))
            }
            (LockState::Unlocked, _) => (DoorState::Unlocked, self.unlocks.last_end(), None, None),
            (LockState::Locked, Some(ManualState::Lock(by))) => {
                (DoorState::LockedByHand, None, None, Some(by.clone()))
            }
            (LockState::Locked, _) => (DoorState::Locked, None, None, None),
        };
        let strike = match self.relays.values().collect::<Vec<_>>().as_slice() {
            [] => StrikeState::None,
            all if all.iter().any(|on| on.is_none()) => StrikeState::Unknown,
            all if all.contains(&&Some(true)) => StrikeState::Unlocked,
            _ => StrikeState::Locked,
        };
        DoorStatus {
            door: name.clone(),
            facility: self.layout.facility.clone(),
            state,
            until: until.filter(|at| *at != Timestamp::MAX),
            requirement,
            by,
            strike,
            open: self.leaf.is_open(),
            stale: None,
            next_change: None,
        }
    }
}
