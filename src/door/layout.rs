//! The doors of this machine, and the wiring of each.

use std::collections::{BTreeMap, BTreeSet};

use jiff::SignedDuration;

use crate::{
    config::{self, Config, LockoutSettings, Wire},
    domain::{access::Side, model::Slug},
};

/// The doors of a machine.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct MachineLayout {
    /// The doors by name.
    pub doors: BTreeMap<Slug, DoorLayout>,
    /// The template for a door at each facility without one, if that is wanted; limited to these
    /// facilities unless the set is empty.
    pub others: Option<(DoorLayout, BTreeSet<Slug>)>,
    /// How many wrong codes a reader accepts.
    pub patience: LockoutSettings,
    /// The age of the records from which it is told, if ever.
    pub longest_age: Option<SignedDuration>,
}

/// One door.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DoorLayout {
    /// The facility that it guards.
    pub facility: Slug,
    /// How long a grant unlocks it.
    pub unlock: SignedDuration,
    /// The longest time that a person may unlock it for.
    pub longest_unlock: SignedDuration,
    /// How long it may stand open after that; `None` means for ever.
    pub held_open: Option<SignedDuration>,
    /// The relays that unlock it.
    pub strikes: Vec<Wire>,
    /// Its readers, and which side they are on.
    pub readers: Vec<(Wire, Side)>,
    /// The buttons inside.
    pub buttons: Vec<Wire>,
    /// The contact that tells whether it stands open.
    pub contact: Option<Wire>,
}

impl MachineLayout {
    /// Makes the layout of a machine from its configuration; without configured doors, every
    /// facility gets one, or only those chosen.
    #[must_use]
    pub fn new(config: &Config, chosen: &[Slug], unlock_seconds: u32) -> Self {
        let doors = config.doors.iter();
        let doors: BTreeMap<Slug, DoorLayout> =
            doors.map(|(name, door)| (name.clone(), DoorLayout::new(name, door))).collect();
        let others = doors.is_empty().then(|| {
            let unlock = SignedDuration::from_secs(unlock_seconds.into());
            (DoorLayout::simulated(unlock), chosen.iter().cloned().collect())
        });
        let (patience, longest_age) = (config.readers, config.longest_age());
        Self { doors, others, patience, longest_age }
    }
}

impl DoorLayout {
    fn new(name: &Slug, door: &config::Door) -> Self {
        let seconds =
            |given: Option<u32>, or: u32| SignedDuration::from_secs(given.unwrap_or(or).into());
        let held_open = seconds(door.held_open_seconds, config::Door::HELD_OPEN_SECONDS);
        let readers = door.entry.iter().map(|wire| (wire.clone(), Side::Entry));
        let inside = door.exit.iter().map(|wire| (wire.clone(), Side::Exit));
        Self {
            facility: door.facility.clone().unwrap_or_else(|| name.clone()),
            unlock: seconds(door.unlock_seconds, config::Door::UNLOCK_SECONDS),
            longest_unlock: seconds(door.longest_unlock_seconds, config::Door::LONGEST_UNLOCK),
            held_open: (!held_open.is_zero()).then_some(held_open),
            strikes: door.strikes.clone(),
            readers: readers.chain(inside).collect(),
            buttons: door.buttons.clone(),
            contact: door.contact.clone(),
        }
    }

    /// Makes a door without wires, whose facility is set later.
    #[must_use]
    pub fn simulated(unlock: SignedDuration) -> Self {
        let name = &"none".parse().expect("a short name");
        Self { unlock, ..Self::new(name, &config::Door::default()) }
    }
}
