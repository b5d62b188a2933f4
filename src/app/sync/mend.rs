//! Mends what git joined record by record: what records owe to one another.

use jiff::Timestamp;

use crate::{
    app::AppError,
    domain::{
        merge,
        model::{Change, CommitId, Finding},
    },
    store::Store,
};

/// Mends what was changed since a commit, as a change of its own; returns the newest commit.
///
/// # Errors
/// Fails if a commit cannot be read, or if the change cannot be committed.
pub fn mend(store: &Store, since: CommitId, now: Timestamp) -> Result<CommitId, AppError> {
    let newest = store.head()?;
    let head = store.read(newest)?;
    let (change, findings) = head.change_since(since)?;
    if change.edits.is_empty() || findings.iter().any(Finding::is_error) {
        return Ok(newest);
    }
    let mended = merge::mend(&store.read(since)?, &change);
    if mended.edits.is_empty() {
        return Ok(newest);
    }
    let mended =
        Change { edits: mended.edits, ..Change::new("sync: mend what was joined", "sync.mend") };
    Ok(store.apply(&mended, newest, &store.author()?, now)?.commit)
}
