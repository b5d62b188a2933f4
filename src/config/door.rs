//! The wiring of a door, and its timing.

use serde::Deserialize;

use super::Wire;
use crate::domain::model::Slug;

/// One door, or one tool. Several may belong to one facility.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Door {
    /// The facility that it guards; by default the one with the door's name.
    pub facility: Option<Slug>,
    /// How long a grant unlocks it, in seconds.
    pub unlock_seconds: Option<u32>,
    /// The longest time that `space door unlock` may unlock it for, in seconds.
    pub longest_unlock_seconds: Option<u32>,
    /// How long it may stand open after that, in seconds; 0 means for ever.
    pub held_open_seconds: Option<u32>,
    /// The relays that unlock it while energised.
    pub strikes: Vec<Wire>,
    /// The readers outside.
    pub entry: Vec<Wire>,
    /// The readers inside.
    pub exit: Vec<Wire>,
    /// The buttons inside.
    pub buttons: Vec<Wire>,
    /// The contact that tells whether it stands open.
    pub contact: Option<Wire>,
}

impl Door {
    /// The default unlock time of a grant, in seconds.
    pub const UNLOCK_SECONDS: u32 = 5;

    /// The default longest time that a person may unlock a door for, in seconds: an hour.
    pub const LONGEST_UNLOCK: u32 = 3600;

    /// The default time that a door may stand open, in seconds.
    pub const HELD_OPEN_SECONDS: u32 = 60;

    /// Returns all wires with their purpose.
    pub(super) fn wires(&self) -> impl Iterator<Item = (super::device::End, &Wire)> {
        use super::device::End::{Input, Reader, Relay};
        let strikes = self.strikes.iter().map(|wire| (Relay, wire));
        let readers = self.entry.iter().chain(&self.exit).map(|wire| (Reader, wire));
        let inputs = self.buttons.iter().chain(&self.contact).map(|wire| (Input, wire));
        strikes.chain(readers).chain(inputs)
    }
}

/// How many wrong codes a reader accepts before it is locked out.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LockoutSettings {
    /// The number of wrong codes within a quarter of an hour; 0 means any number.
    pub wrong_codes: u32,
    /// How long the lockout lasts, in seconds; each further one is twice as long, up to 32 times.
    pub pause_seconds: u32,
}

impl Default for LockoutSettings {
    fn default() -> Self {
        Self { wrong_codes: 5, pause_seconds: 10 }
    }
}
