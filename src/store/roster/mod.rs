//! All members at once, for lists and for questions across all of them.

mod known;
mod parts;
mod snapshot;

use std::sync::{Arc, Mutex, PoisonError};

pub(in crate::store) use parts::{Born, Payments, Told};
pub(in crate::store) use snapshot::{Shelf, Snapshot};

use self::known::Known;
use super::Revision;
use crate::domain::{
    dues::{Cover, Payer},
    model::{Basis, Finding, Member, MemberFolder, MemberId, Slot},
};

/// Every member of one commit, sorted by number: cheap to clone, and the same for every thread.
#[derive(Clone, Debug)]
pub struct Roster {
    snapshot: Arc<Snapshot<MemberFolder>>,
    known: Arc<Known>,
}

/// What an opened store keeps, so that the next commit costs what it changed.
#[derive(Default)]
pub(in crate::store) struct Kept {
    roster: Mutex<Option<Roster>>,
    folders: Shelf<MemberFolder>,
    births: Shelf<Born>,
    payments: Shelf<Payments>,
    told: Shelf<Told>,
}

impl Revision<'_> {
    /// Returns all members.
    #[must_use]
    pub fn roster(&self) -> Roster {
        let snapshot = Snapshot::of(self);
        let mut kept = self.store.kept.roster.lock().unwrap_or_else(PoisonError::into_inner);
        match &*kept {
            Some(roster) if Arc::ptr_eq(&roster.snapshot, &snapshot) => roster.clone(),
            _ => kept.insert(Roster::new(snapshot)).clone(),
        }
    }
}

impl Roster {
    fn new(snapshot: Arc<Snapshot<MemberFolder>>) -> Self {
        Self { snapshot, known: Arc::default() }
    }

    /// Goes through the members, sorted by number.
    pub fn members(&self) -> impl Iterator<Item = &MemberFolder> + Clone {
        self.snapshot.iter().map(|(_, folder)| folder)
    }

    /// Returns how many members there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.members().count()
    }

    /// Tells whether there is nobody.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.members().next().is_none()
    }

    /// Returns what could not be read of them, sorted.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        self.snapshot.findings()
    }

    /// Returns one member.
    #[must_use]
    pub fn get(&self, id: MemberId) -> Option<&MemberFolder> {
        self.snapshot.get(id)
    }

    /// Works out until when a member is covered, by those who pay for them.
    #[must_use]
    pub fn cover(&self, member: &Member, basis: &Basis) -> Cover {
        let payer =
            |member: &Member| Payer::new(member, basis.tiers.get(&member.tier).and_then(Slot::get));
        Cover::by(basis, payer(member), |id| self.get(id)?.member.get().map(payer))
    }
}
