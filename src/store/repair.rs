//! Finishing what an interrupted command left: files and index are brought to the newest commit.

use super::{
    Durability, Store, StoreError,
    apply::TRAILER,
    changes::compare,
    durable,
    key::io_at,
    lock::{self, Lock},
    open::oid,
    worktree::{Care, Step, Worktree},
};
use crate::domain::model::CommitId;

/// So many commits of ours may lie between the files and the branch.
const FARTHEST: usize = 1_000;

impl Store {
    /// Brings the checked-out files to the newest commit, if a command was interrupted between the
    /// two; tells whether there was anything to do. [`Store::apply`] does it too.
    ///
    /// # Errors
    /// Someone else is writing, or the disk says no.
    pub fn repair(&self, now: jiff::Timestamp) -> Result<bool, StoreError> {
        if self.workdir().is_none() || !self.dir().join("lock").exists() {
            return Ok(false);
        }
        let newest = self.newest()?;
        // Most of the time all is well, and then nobody has to wait for anybody.
        if lock::files_at(self.dir()).is_none_or(|at| at == newest) {
            return Ok(false);
        }
        let mut lock = Lock::acquire(self.dir(), "repair", now)?;
        let newest = self.newest()?;
        let Some(from) = lock.files_at.filter(|from| *from != newest) else { return Ok(false) };
        let Some(mut worktree) = Worktree::open(self)? else { return Ok(false) };
        let repaired = self.repair_from(&mut worktree, from, newest)?;
        self.settle_everything()?;
        lock.files_at = Some(newest);
        Ok(repaired)
    }

    /// Brings the files from the commit at which they were left to the newest one, if all between
    /// the two is ours; git itself brings the files after its own commits.
    pub(super) fn repair_from(
        &self,
        worktree: &mut Worktree<'_>,
        from: CommitId,
        newest: CommitId,
    ) -> Result<bool, StoreError> {
        if !self.ours_between(from, newest) {
            return Ok(false);
        }
        let fail = self.git("compare trees");
        let odb = self.odb()?;
        let (before, after) = (self.tree_of(from)?, self.tree_of(newest)?);
        let mut steps = Vec::new();
        for changed in compare(&odb, Some(before), Some(after)).map_err(&fail)? {
            let read = |id| odb.read(id).map(|object| (id, object.data().to_vec()));
            let new = changed.new.map(read).transpose().map_err(&fail)?;
            steps.push(Step { path: changed.path, old: changed.old, new });
        }
        let io = io_at(self.workdir().unwrap_or_else(|| self.dir()));
        let fresh = worktree.update(&steps, Care::Remains).map_err(&io)?;
        if self.durability == Durability::Full {
            durable::settle(&fresh).map_err(io)?;
        }
        Ok(true)
    }

    /// Gets what others wrote to the disk: git flushes nothing, nor did a command that was killed.
    pub(super) fn settle_everything(&self) -> Result<(), StoreError> {
        if self.durability == Durability::Rehearsal {
            return Ok(());
        }
        durable::settle_all(self.repo.commondir()).map_err(io_at(self.repo.commondir()))
    }

    fn ours_between(&self, from: CommitId, newest: CommitId) -> bool {
        let mut commit = self.repo.find_commit(oid(newest)).ok();
        for _ in 0..FARTHEST {
            let Some(at) = commit else { return false };
            if at.id() == oid(from) {
                return true;
            }
            let ours = at.message_bytes().split(|b| *b == b'\n');
            if !ours.into_iter().any(|line| line.starts_with(TRAILER.as_bytes())) {
                return false;
            }
            commit = at.parent(0).ok();
        }
        false
    }
}
