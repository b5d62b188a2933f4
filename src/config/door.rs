//! A door as it is wired, and how long it takes its time.

use serde::Deserialize;

use super::Wire;
use crate::domain::model::Slug;

/// One door, or one tool. Several may belong to one facility.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Door {
    /// The facility that it guards; the one of its own name unless given.
    pub facility: Option<Slug>,
    /// How long a grant unlocks it, in seconds.
    pub unlock_seconds: Option<u32>,
    /// For how many seconds a person may unlock it at the most with `space door unlock`.
    pub longest_unlock_seconds: Option<u32>,
    /// How long it may stand open after that, in seconds; 0 is for ever.
    pub held_open_seconds: Option<u32>,
    /// The relays that unlock it while they are energised.
    pub strikes: Vec<Wire>,
    /// The readers outside.
    pub entry: Vec<Wire>,
    /// The readers inside.
    pub exit: Vec<Wire>,
    /// The buttons inside.
    pub buttons: Vec<Wire>,
    /// What tells whether it stands open.
    pub contact: Option<Wire>,
}

impl Door {
    /// How long a grant unlocks unless somebody says otherwise, in seconds.
    pub const UNLOCK_SECONDS: u32 = 5;

    /// How long a person may unlock a door at the most unless the configuration says otherwise, in
    /// seconds: an hour.
    pub const LONGEST_UNLOCK: u32 = 3600;

    /// How long a door may stand open unless somebody says otherwise, in seconds.
    pub const HELD_OPEN_SECONDS: u32 = 60;

    /// Returns all wires with what they are to be.
    pub(super) fn wires(&self) -> impl Iterator<Item = (super::device::End, &Wire)> {
        use super::device::End::{Input, Reader, Relay};
        let strikes = self.strikes.iter().map(|wire| (Relay, wire));
        let readers = self.entry.iter().chain(&self.exit).map(|wire| (Reader, wire));
        let inputs = self.buttons.iter().chain(&self.contact).map(|wire| (Input, wire));
        strikes.chain(readers).chain(inputs)
    }
}

/// How many wrong codes a reader takes before it pauses.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Patience {
    /// So many codes that nobody holds within a quarter of an hour; 0 is without end.
    pub wrong_codes: u32,
    /// How long it pauses then, in seconds; twice as long each time again, up to 32 times.
    pub pause_seconds: u32,
}

impl Default for Patience {
    fn default() -> Self {
        Self { wrong_codes: 5, pause_seconds: 10 }
    }
}
