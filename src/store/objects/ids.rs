//! The names of commits, as libgit2 and as the domain write them.

use git2::Oid;

use crate::domain::model::CommitId;

/// Returns libgit2's name of a commit.
pub(in crate::store) fn oid(commit: CommitId) -> Oid {
    Oid::from_bytes(commit.bytes()).expect("20 bytes are a SHA-1")
}

/// Returns the domain's name of a commit.
pub(in crate::store) fn commit_id(oid: Oid) -> CommitId {
    let mut bytes = [0; 20];
    bytes.copy_from_slice(oid.as_bytes());
    CommitId::from_bytes(bytes)
}
