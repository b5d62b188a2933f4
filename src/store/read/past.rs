//! The commits before a revision, found as far back as somebody asks.

use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;

use crate::{
    domain::model::CommitId,
    store::{
        Store, StoreError,
        objects::ids::{commit_id, oid},
    },
};

/// The commits of the branch, as far as they were looked at: seconds and commit, newest first.
#[derive(Debug, Default)]
pub(in crate::store) struct Past(Mutex<Walk>);

#[derive(Debug, Default)]
struct Walk {
    commits: Vec<(i64, CommitId)>,
    is_complete: bool,
}

impl Past {
    /// Passes the commits from a newest one back to the first that is not later than a moment; with
    /// them may come older ones.
    ///
    /// # Errors
    /// The history cannot be read.
    pub(super) fn since<T>(
        &self,
        store: &Store,
        newest: CommitId,
        moment: Timestamp,
        take: impl FnOnce(&[(i64, CommitId)]) -> T,
    ) -> Result<T, StoreError> {
        let mut walk = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let fail = store.damaged("read the history", "");
        let is_later = |it: &(i64, CommitId)| it.0 > moment.as_second();
        while !walk.is_complete && walk.commits.last().is_none_or(is_later) {
            let commit = match walk.commits.last() {
                None => Some(store.database().commit(oid(newest)).map_err(&fail)?),
                Some((_, last)) => {
                    let last = store.database().commit(oid(*last)).map_err(&fail)?;
                    last.parent().and_then(|id| store.database().commit(id).ok())
                }
            };
            match commit {
                Some(it) => walk.commits.push((it.seconds, commit_id(it.id))),
                None => walk.is_complete = true,
            }
        }
        Ok(take(&walk.commits))
    }
}
