//! How a commit descends from another.

use jiff::Timestamp;

use crate::{
    domain::{check::lineage::Link, model::CommitId},
    store::{
        Store, StoreError,
        objects::ids::{commit_id, oid},
    },
};

impl Store {
    /// Tells whether a commit is another one or a descendant of it.
    ///
    /// # Errors
    /// The history cannot be read.
    pub fn descends(&self, new: CommitId, old: CommitId) -> Result<bool, StoreError> {
        let (new, old) = (oid(new), oid(old));
        let found =
            || self.repo()?.graph_descendant_of(new, old).map_err(self.git("read the history"));
        if new == old { Ok(true) } else { found() }
    }

    /// Lists the commits that a commit has and another has not; all of its own where there is none.
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
                parent = parent.max(Some(moment(at)));
            }
            links.push(Link {
                id: commit_id(commit.id()),
                time: moment(commit.time().seconds()),
                parent,
            });
        }
        Ok(links)
    }
}

/// Returns a moment; what is out of reach is the end of time in that direction.
fn moment(seconds: i64) -> Timestamp {
    let end = if seconds < 0 { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::from_second(seconds).unwrap_or(end)
}
