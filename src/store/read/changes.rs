//! Finds the differences between two commits by comparing their trees.

use std::collections::BTreeSet;

use crate::{
    domain::model::{CommitId, Finding, MemberFolder, MemberId, budget},
    store::{
        Revision, StoreError,
        objects::compare::{Changed, compare},
    },
};

/// The changes that concern access, read again.
#[derive(Debug)]
pub struct Delta {
    /// Whether anything outside the members' folders changed, so that [`Revision::basis`] has to
    /// be read again.
    pub basis: bool,
    /// The members whose folders changed, as they are now; `None` if the folder was removed.
    pub members: Vec<(MemberId, Option<MemberFolder>)>,
    /// What could not be read of them.
    pub findings: Vec<Finding>,
}

impl Revision<'_> {
    /// Compares with another commit, descending only where the trees differ.
    ///
    /// # Errors
    /// A tree cannot be read.
    pub fn changes_since(&self, older: CommitId) -> Result<Vec<Changed>, StoreError> {
        self.few_changes_since(older, budget::CHANGED)
    }

    fn few_changes_since(&self, older: CommitId, most: usize) -> Result<Vec<Changed>, StoreError> {
        let before = self.store.tree_of(older)?;
        let recent = &mut self.store.recent();
        compare(recent, self.database, Some(before), Some(self.tree), most)
            .map_err(self.store.torn("compare trees"))
    }

    /// Reads what changed for access since another commit, and nothing else.
    ///
    /// # Errors
    /// A tree cannot be read, or so much changed that all is read as quickly.
    pub fn delta(&self, older: CommitId) -> Result<Delta, StoreError> {
        let mut delta = Delta { basis: false, members: Vec::new(), findings: Vec::new() };
        let mut touched = BTreeSet::new();
        for changed in self.few_changes_since(older, budget::PATCHED)? {
            if changed.path.starts_with("members/") {
                touched.extend(owner(&changed.path));
            } else {
                delta.basis |= is_of_basis(&changed.path);
            }
        }
        for id in touched {
            let (folder, mut findings) = self.member(id);
            delta.members.push((id, folder));
            delta.findings.append(&mut findings);
        }
        Ok(delta)
    }
}

/// Tells whether a path concerns what belongs to no member and decides something.
pub(in crate::store) fn is_of_basis(path: &str) -> bool {
    let top = path.split('/').next().unwrap_or_default();
    matches!(top, "space.json" | "tiers" | "facilities")
}

/// Returns the member whose folder a path lies in, whatever the file is.
pub(in crate::store) fn owner(path: &str) -> Option<MemberId> {
    path.split('/').nth(2)?.parse().ok()
}
