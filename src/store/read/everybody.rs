//! All members of a commit, based on a cached snapshot of another one.

use std::sync::{Arc, PoisonError};

use crate::store::{
    Revision, Roster,
    disk::cache,
    roster::{CachedPart, Snapshot},
};

/// The file is rewritten if at least this many members had to be read.
const WORTH_WRITING: usize = 16;

impl Revision<'_> {
    /// Returns all members.
    #[must_use]
    pub fn roster(&self) -> Roster {
        let snapshot = self.snapshot();
        let mut kept =
            self.store.roster_cache.roster.lock().unwrap_or_else(PoisonError::into_inner);
        match &*kept {
            Some(roster) if roster.is_based_on(&snapshot) => roster.clone(),
            _ => kept.insert(Roster::new(snapshot)).clone(),
        }
    }

    /// Returns the snapshot of all members: the one in the store or on the disk, updated to this
    /// revision if it belongs to another one.
    ///
    /// The file is rewritten if much had to be read; failure to write it is ignored.
    pub(in crate::store) fn snapshot<P: CachedPart>(&self) -> Arc<Snapshot<P>> {
        let mut slot =
            P::slot(&self.store.roster_cache).lock().unwrap_or_else(PoisonError::into_inner);
        let newer = self.is_newer();
        let database = self.database.with_newer(newer);
        let mut findings = Vec::new();
        let tree = self.members_tree(&mut findings);
        if let Some(kept) =
            slot.as_ref().filter(|it| it.is_current(tree, newer) && findings.is_empty())
        {
            return Arc::clone(kept);
        }
        let file = cache::path(self.store.dir(), P::FILE);
        let former = slot.take().or_else(|| cache::read(&file).map(Arc::new));
        let (new, read) = Snapshot::updated(former.as_deref(), database, tree, findings);
        if read >= WORTH_WRITING
            && !self.store.uncommitted
            && self.store.head().ok() == Some(self.id)
        {
            cache::write(&file, &new);
        }
        Arc::clone(slot.insert(Arc::new(new)))
    }
}
