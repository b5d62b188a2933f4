//! The descent of one commit from another.

use jiff::Timestamp;

use crate::{
    domain::{check::lineage::Link, model::CommitId},
    store::{
        Store, StoreError,
        objects::ids::{commit_id, oid},
    },
};

impl Store {
    /// Tells whether a commit is the same as another one, or descends from it.
    ///
    /// # Errors
    /// The history cannot be read.
    pub fn descends(&self, new: CommitId, old: CommitId) -> Result<bool, StoreError> {
        let (new, old) = (oid(new), oid(old));
        let found =
            || self.repo()?.graph_descendant_of(new, old).map_err(self.git("read the history"));
        if new == old { Ok(true) } else { found() }
    }

    /// Lists the ancestors of a commit that another commit does not have; all of them without
    /// another.
    ///
    /// # Errors
    /// The history cannot be read.
    pub fn links(&self, old: Option<CommitId>, new: CommitId) -> Result<Vec<Link>, StoreError> {
        let fail = self.git("read the history");
        let repo = self.repo()?;
        let mut walk = repo.revwalk().map_err(&fail)?;
        walk.push(oid(new)).map_err(&fail)?;
        old.map_or(Ok(()), |old| walk.hide(oid(old))).map_err(&fail)?;
        let mut links = Vec::new();
        for id in walk {
            let commit = id.and_then(|id| repo.find_commit(id)).map_err(&fail)?;
            let mut parent = None;
            for id in commit.parent_ids() {
                let at = repo.find_commit(id).map_err(&fail)?.time().seconds();
                parent = parent.max(Some(timestamp(at)));
            }
            links.push(Link {
                id: commit_id(commit.id()),
                time: timestamp(commit.time().seconds()),
                parent,
            });
        }
        Ok(links)
    }
}

/// Returns an instant; one out of range becomes the earliest or latest possible.
fn timestamp(seconds: i64) -> Timestamp {
    let end = if seconds < 0 { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::from_second(seconds).unwrap_or(end)
}
