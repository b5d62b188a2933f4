//! The descent of one commit from another.

use std::collections::{BinaryHeap, HashSet};

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
        let (new, old, fail) = (oid(new), oid(old), self.damaged("read the history", ""));
        // The newest first, since what is looked for is seldom far away.
        let (mut open, mut seen) = (BinaryHeap::from([(i64::MAX, new)]), HashSet::from([new]));
        while let Some((_, id)) = open.pop() {
            if id == old {
                return Ok(true);
            }
            let commit = self.database().commit(id).map_err(&fail)?;
            // A child is seldom older than its parent, so its date will do.
            let new = commit.parents.into_iter().filter(|parent| seen.insert(*parent));
            open.extend(new.map(|parent| (commit.seconds, parent)));
        }
        Ok(false)
    }

    /// Lists the ancestors of a commit that another commit does not have; all of them without
    /// another.
    ///
    /// # Errors
    /// The history cannot be read.
    pub fn links(&self, old: Option<CommitId>, new: CommitId) -> Result<Vec<Link>, StoreError> {
        let fail = self.damaged("read the history", "");
        let ids = match old {
            Some(old) => self.sides(oid(new), oid(old))?.0,
            None => {
                let all = self.walk(oid(new)).map(|commit| commit.map(|it| it.id));
                all.collect::<Result<_, _>>().map_err(&fail)?
            }
        };
        let mut links = Vec::with_capacity(ids.len());
        for id in ids {
            let commit = self.database().commit(id).map_err(&fail)?;
            let mut parent = None;
            for id in commit.parents {
                let at = self.database().commit(id).map_err(&fail)?.seconds;
                parent = parent.max(Some(timestamp(at)));
            }
            links.push(Link { id: commit_id(id), time: timestamp(commit.seconds), parent });
        }
        Ok(links)
    }
}

/// Returns an instant; one out of range becomes the earliest or latest possible.
fn timestamp(seconds: i64) -> Timestamp {
    let end = if seconds < 0 { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::from_second(seconds).unwrap_or(end)
}
