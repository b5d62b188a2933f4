//! The roster: every member of one commit.

use std::sync::Arc;

use jiff::civil::Date;

use super::{roster_indexes::RosterIndexes, snapshot::Snapshot};
use crate::domain::{
    dues::{Cover, CoverTerms},
    model::{Basis, Finding, Member, MemberFolder, MemberId},
};

/// Every member of one commit, sorted by number: cheap to clone, and shared between threads.
#[derive(Clone, Debug)]
pub struct Roster {
    snapshot: Arc<Snapshot<MemberFolder>>,
    pub(super) indexes: Arc<RosterIndexes>,
}

impl Roster {
    pub(in crate::store) fn new(snapshot: Arc<Snapshot<MemberFolder>>) -> Self {
        Self { snapshot, indexes: Arc::default() }
    }

    /// Tells whether it is based on this very snapshot.
    pub(in crate::store) fn is_based_on(&self, snapshot: &Arc<Snapshot<MemberFolder>>) -> bool {
        Arc::ptr_eq(&self.snapshot, snapshot)
    }

    /// Iterates over the members, sorted by number.
    pub fn members(&self) -> impl Iterator<Item = &MemberFolder> + Clone {
        self.snapshot.iter().map(|(_, folder)| folder)
    }

    /// Returns the number of members.
    #[must_use]
    pub fn len(&self) -> usize {
        self.members().count()
    }

    /// Tells whether there are no members.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.members().next().is_none()
    }

    /// Returns what could not be read, sorted.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        self.snapshot.findings()
    }

    /// Returns one member.
    #[must_use]
    pub fn get(&self, id: MemberId) -> Option<&MemberFolder> {
        self.snapshot.get(id)
    }

    /// Calculates until when a member is covered, as it is known on a day, considering those who pay
    /// for them.
    #[must_use]
    pub fn cover(&self, member: &Member, basis: &Basis, on: Date) -> Cover {
        let payer = |member: &Member| CoverTerms::new(member, None).in_tier(basis, &member.tier);
        Cover::by_settings(basis, payer(member), on, |id| self.get(id)?.member.get().map(payer))
    }
}
