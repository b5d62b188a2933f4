//! The newest snapshots, as kept in an open store.

use std::sync::Mutex;

use super::{
    Roster,
    parts::{AddressHash, BirthMonth, Notices, Payments},
    snapshot::{MemberPart, SnapshotSlot},
};
use crate::domain::model::MemberFolder;

/// What an open store keeps, so that the next commit costs only as much as it changed.
#[derive(Default)]
pub(in crate::store) struct RosterCache {
    pub(in crate::store) roster: Mutex<Option<Roster>>,
    folders: SnapshotSlot<MemberFolder>,
    births: SnapshotSlot<BirthMonth>,
    addresses: SnapshotSlot<AddressHash>,
    payments: SnapshotSlot<Payments>,
    notices: SnapshotSlot<Notices>,
}

/// A part whose newest snapshot the store keeps.
pub(in crate::store) trait CachedPart: MemberPart {
    /// Returns the place where it is kept.
    fn slot(cache: &RosterCache) -> &SnapshotSlot<Self>;
}

impl CachedPart for MemberFolder {
    fn slot(cache: &RosterCache) -> &SnapshotSlot<Self> {
        &cache.folders
    }
}

impl CachedPart for BirthMonth {
    fn slot(cache: &RosterCache) -> &SnapshotSlot<Self> {
        &cache.births
    }
}

impl CachedPart for AddressHash {
    fn slot(cache: &RosterCache) -> &SnapshotSlot<Self> {
        &cache.addresses
    }
}

impl CachedPart for Payments {
    fn slot(cache: &RosterCache) -> &SnapshotSlot<Self> {
        &cache.payments
    }
}

impl CachedPart for Notices {
    fn slot(cache: &RosterCache) -> &SnapshotSlot<Self> {
        &cache.notices
    }
}
