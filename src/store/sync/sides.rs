//! Finds what git joined: the two sides of a merge commit that this program did not make.

use crate::{
    domain::model::CommitId,
    store::{
        Store, StoreError,
        objects::ids::{commit_id, oid},
        write::trailer::TRAILER,
    },
};

/// A merge commit of git's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Sides {
    /// The newest commit that both sides descend from.
    pub base: CommitId,
    /// The side that was merged into.
    pub ours: CommitId,
    /// The side that came in.
    pub theirs: CommitId,
}

impl Store {
    /// Returns the sides of a commit, if git joined two in it.
    ///
    /// # Errors
    /// There is no such commit, or the history cannot be read.
    pub fn sides_of_merge(&self, commit: CommitId) -> Result<Option<Sides>, StoreError> {
        let read = self.database().commit(oid(commit));
        let found = read.map_err(self.damaged("read the history", ""))?;
        let [ours, theirs] = found.parents[..] else { return Ok(None) };
        if found.text().lines().any(|line| line.starts_with(TRAILER)) {
            return Ok(None); // both sides were known then
        }
        let (ours, theirs) = (commit_id(ours), commit_id(theirs));
        Ok(Some(Sides { base: self.common_base(ours, theirs)?, ours, theirs }))
    }
}
