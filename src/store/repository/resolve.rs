//! Finds the commit that a person refers to.

use std::sync::OnceLock;

use git2::ErrorCode;
use jiff::Timestamp;

use crate::domain::model::CommitId;
use crate::store::{
    Revision, Store, StoreError,
    objects::ids::{commit_id, oid},
    read::past::Past,
};

impl Store {
    /// Finds a commit by its name: `HEAD~1`, a branch, a tag, the start of an id.
    ///
    /// # Errors
    /// The name matches no commit, or more than one.
    pub fn resolve(&self, spec: &str) -> Result<CommitId, StoreError> {
        let unknown = || StoreError::UnknownRevision(spec.to_owned());
        let repo = self.repo()?;
        let object = repo.revparse_single(spec).map_err(|_| unknown())?;
        let commit = object.peel_to_commit().map_err(|_| unknown())?;
        Ok(commit_id(commit.id()))
    }

    /// Lists at most `most` ancestors of a commit by first parents, newest first.
    pub(in crate::store) fn ancestors(&self, commit: CommitId, most: usize) -> Vec<CommitId> {
        let Ok(repo) = self.repo() else { return Vec::new() };
        let first = repo.find_commit(oid(commit)).and_then(|it| it.parent(0)).ok();
        let all = std::iter::successors(first, |it| it.parent(0).ok());
        all.take(most).map(|it| commit_id(it.id())).collect()
    }

    /// Finds the newest commit of the branch that is not later than a moment, if there is one.
    ///
    /// # Errors
    /// The history cannot be read.
    pub fn commit_at(&self, at: Timestamp) -> Result<Option<CommitId>, StoreError> {
        Ok(self.commits_at(&[at])?.pop().flatten())
    }

    /// Finds such a commit for each of several moments, latest first, in one walk.
    ///
    /// # Errors
    /// The history cannot be read.
    pub fn commits_at(&self, moments: &[Timestamp]) -> Result<Vec<Option<CommitId>>, StoreError> {
        let fail = self.git("read the history");
        let repo = self.repo()?;
        let newest = repo.find_commit(oid(self.head()?)).map_err(&fail)?;
        let mut commit = Some(newest);
        let mut found = Vec::with_capacity(moments.len());
        for at in moments {
            while let Some(later) = commit.take_if(|it| it.time().seconds() > at.as_second()) {
                commit = match later.parent(0) {
                    Ok(parent) => Some(parent),
                    Err(error) if error.code() == ErrorCode::NotFound => None,
                    Err(error) => return Err(fail(error)),
                };
            }
            found.push(commit.as_ref().map(|it| commit_id(it.id())));
        }
        Ok(found)
    }

    /// Starts reading the records of a commit.
    ///
    /// # Errors
    /// There is no such commit.
    pub fn read(&self, at: CommitId) -> Result<Revision<'_>, StoreError> {
        let (tree, time) = self.commit(at)?;
        let (database, format, past) = (self.database(), OnceLock::new(), Past::default());
        Ok(Revision { store: self, database, id: at, time, tree, format, past })
    }
}
