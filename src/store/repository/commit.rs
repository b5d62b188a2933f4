//! The tree of a commit, and when it was committed.

use git2::{ErrorCode, Oid};
use jiff::Timestamp;

use crate::{
    domain::model::CommitId,
    store::{Store, StoreError, objects::damage::Damage, objects::ids::oid},
};

impl Store {
    /// Returns the tree of a commit, and when it was committed; the earliest instant if that
    /// cannot be read.
    ///
    /// # Errors
    /// There is no such commit, or it cannot be read.
    pub(in crate::store) fn commit(&self, id: CommitId) -> Result<(Oid, Timestamp), StoreError> {
        let commit = self.database().commit(oid(id)).map_err(|damage| match damage {
            Damage::Odd(_) => StoreError::UnknownRevision(id.to_string()),
            Damage::Lost(error) if error.code() == ErrorCode::NotFound => {
                StoreError::UnknownRevision(id.to_string())
            }
            damage => self.damaged("read a commit", "")(damage),
        })?;
        let time = Timestamp::from_second(commit.seconds).unwrap_or(Timestamp::MIN);
        Ok((commit.tree, time))
    }

    /// Returns the tree of a commit.
    ///
    /// # Errors
    /// Like [`Self::commit`].
    pub(in crate::store) fn tree_of(&self, commit: CommitId) -> Result<Oid, StoreError> {
        Ok(self.commit(commit)?.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::objects::ids::commit_id;

    #[test]
    fn a_missing_commit_is_unknown_each_time() {
        let dir = tempfile::tempdir().unwrap();
        let repo = git2::Repository::init_bare(dir.path()).unwrap();
        let blob = repo.blob(b"tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n").unwrap();
        let store = Store::from_repository(repo);
        for id in [commit_id(blob), CommitId::from_bytes([7; 20])] {
            for _ in 0..2 {
                assert!(matches!(store.commit(id), Err(StoreError::UnknownRevision(_))));
            }
        }
    }
}
