//! Converts commit ids between libgit2 and the domain.

use git2::Oid;

use crate::domain::model::CommitId;

/// Converts a commit id for libgit2.
pub(in crate::store) fn oid(commit: CommitId) -> Oid {
    Oid::from_bytes(commit.bytes()).expect("20 bytes are a SHA-1")
}

/// Converts a commit id of libgit2.
pub(in crate::store) fn commit_id(oid: Oid) -> CommitId {
    let mut bytes = [0; 20];
    bytes.copy_from_slice(oid.as_bytes());
    CommitId::from_bytes(bytes)
}
