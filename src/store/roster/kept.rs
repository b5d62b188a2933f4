//! The newest snapshots, as kept in an open store.

use std::sync::Mutex;

use super::{
    Roster,
    parts::{Born, Notices, Payments},
    snapshot::{Part, Shelf},
};
use crate::domain::model::MemberFolder;

/// What an open store keeps, so that the next commit costs only as much as it changed.
#[derive(Default)]
pub(in crate::store) struct Kept {
    pub(in crate::store) roster: Mutex<Option<Roster>>,
    folders: Shelf<MemberFolder>,
    births: Shelf<Born>,
    payments: Shelf<Payments>,
    told: Shelf<Notices>,
}

/// A part whose newest snapshot the store keeps.
pub(in crate::store) trait Shelved: Part {
    /// Returns the place where it is kept.
    fn shelf(kept: &Kept) -> &Shelf<Self>;
}

impl Shelved for MemberFolder {
    fn shelf(kept: &Kept) -> &Shelf<Self> {
        &kept.folders
    }
}

impl Shelved for Born {
    fn shelf(kept: &Kept) -> &Shelf<Self> {
        &kept.births
    }
}

impl Shelved for Payments {
    fn shelf(kept: &Kept) -> &Shelf<Self> {
        &kept.payments
    }
}

impl Shelved for Notices {
    fn shelf(kept: &Kept) -> &Shelf<Self> {
        &kept.told
    }
}
