//! Mends what git joined record by record: what records owe to one another.

use jiff::Timestamp;

use crate::{
    app::AppError,
    domain::{
        merge,
        model::{Change, CommitId, Finding},
    },
    store::{Revision, Store},
};

/// Mends what was changed since a commit, as a change of its own; returns the newest commit. If the newest
/// commit is one in which git joined two sides, it is known who did what.
///
/// # Errors
/// Fails if a commit cannot be read, or if the change cannot be committed.
pub fn mend(store: &Store, since: CommitId, now: Timestamp) -> Result<CommitId, AppError> {
    let newest = store.head()?;
    let head = store.read(newest)?;
    let sides = store.sides_of_merge(newest)?;
    let since = sides.map_or(since, |it| it.base);
    let changed = |revision: &Revision<'_>| -> Result<Option<Change>, AppError> {
        let (change, findings) = revision.change_since(since)?;
        Ok(Some(change).filter(|_| !findings.iter().any(Finding::is_error)))
    };
    let Some(change) = changed(&head)?.filter(|it| !it.edits.is_empty()) else {
        return Ok(newest);
    };
    let (mut ours, mut theirs) = (None, None);
    if let Some(sides) = sides {
        (ours, theirs) = (changed(&store.read(sides.ours)?)?, changed(&store.read(sides.theirs)?)?);
    }
    let known = ours.as_ref().zip(theirs.as_ref()).map(|(ours, theirs)| [ours, theirs]);
    let mended = merge::mend(&store.read(since)?, &change, known);
    if mended.edits.is_empty() {
        return Ok(newest);
    }
    let mended =
        Change { edits: mended.edits, ..Change::new("sync: mend what was joined", "sync.mend") };
    Ok(store.apply(&mended, newest, &store.author()?, now)?.commit)
}
