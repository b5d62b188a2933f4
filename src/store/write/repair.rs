//! Finishes what an interrupted command left: updates files and index to the newest commit.

use std::{
    collections::{BTreeMap, btree_map::Entry},
    fs,
};

use git2::Oid;

use crate::domain::model::{CommitId, budget};
use crate::store::{
    Durability, Store, StoreError,
    disk::durable,
    disk::io_at,
    disk::lock::{self, Lock},
    objects::compare::compare,
    objects::damage::Damage,
    objects::ids::oid,
    write::trailer::TRAILER,
    write::worktree::{OverwriteRule, Step, Worktree},
};

/// The maximum number of this program's commits between the files and the branch.
const FARTHEST: usize = 1_000;

impl Store {
    /// Tells whether a command was interrupted before it had updated all files to its commit, and
    /// none has finished that yet.
    #[must_use]
    pub fn is_left_behind(&self) -> bool {
        let Some(at) = lock::files_at(self.dir()).filter(|_| !self.is_bare()) else { return false };
        self.head().is_ok_and(|newest| at != newest && self.our_trees(at, newest).is_some())
    }

    /// Brings the checked-out files to the newest commit, if a command was interrupted between the
    /// two; tells whether there was anything to do. [`Store::apply`] does it too.
    ///
    /// # Errors
    /// Another process is writing, or the system reported an error.
    pub fn repair(&self, now: jiff::Timestamp) -> Result<bool, StoreError> {
        if !self.dir().join("lock").exists() {
            return Ok(false);
        }
        // Normally everything is in order, and then nobody has to wait for a lock.
        let newest = self.head()?;
        let behind = lock::files_at(self.dir()).is_some_and(|at| at != newest);
        if !behind && !self.plan_file().exists() {
            return Ok(false);
        }
        let branch = self.branch_ref()?;
        let mut lock = Lock::acquire(self.dir(), "repair", now)?;
        let mut worktree = Worktree::open(self)?;
        self.catch_up(&mut lock, &branch, worktree.as_mut(), self.head()?)
    }

    /// Makes sure that the base of the next commit is complete: what an interrupted command left
    /// is finished or undone, and what others committed is on the disk. Tells whether there was
    /// anything to do.
    pub(in crate::store) fn catch_up(
        &self,
        lock: &mut Lock,
        branch: &str,
        mut worktree: Option<&mut Worktree<'_>>,
        newest: CommitId,
    ) -> Result<bool, StoreError> {
        let mut repaired = self.undo_plan(branch, worktree.as_deref_mut(), newest)?;
        if let Some(worktree) = worktree.as_deref_mut() {
            repaired |= self.restage(worktree, newest)?;
        }
        if lock.files_at == Some(newest) {
            return Ok(repaired);
        }
        if let (Some(worktree), Some(from)) = (worktree, lock.files_at) {
            repaired |= self.repair_from(worktree, from, newest)?;
        }
        self.flush_everything()?;
        lock.files_at = Some(newest);
        Ok(repaired)
    }

    /// Undoes the work of a command that was killed before it moved the branch: its lock on the
    /// branch, and what it staged. If it did move the branch, all of that stays.
    fn undo_plan(
        &self,
        branch: &str,
        worktree: Option<&mut Worktree<'_>>,
        newest: CommitId,
    ) -> Result<bool, StoreError> {
        let (planned, lock) = (self.plan_file(), self.lock_file(branch));
        let Ok(written) = fs::read(&planned) else { return Ok(false) };
        if fs::read(&lock).is_ok_and(|it| it == written) {
            fs::remove_file(&lock).map_err(io_at(&lock))?;
        }
        let commit = std::str::from_utf8(&written).ok().and_then(|id| id.trim().parse().ok());
        if let (Some(commit), Some(worktree)) = (commit, worktree)
            && commit != newest
            && let Some(parent) = self.parent_tree(oid(commit))
        {
            let now = self.tree_of(newest)?;
            let mut steps = self.steps_between(parent, self.tree_of(commit)?)?;
            // What somebody has committed since is no longer just planned.
            let mut found = Vec::with_capacity(steps.len());
            for step in &steps {
                found.push(self.find(now, &step.path)?.map(|(_, id)| id) == step.old);
            }
            let mut found = found.into_iter();
            steps.retain(|_| found.next().unwrap_or(false));
            worktree.unstage(&steps).map_err(io_at(self.dir()))?;
        }
        fs::remove_file(&planned).map_err(io_at(&planned))?;
        Ok(true)
    }

    /// Stages what the newest commit changed, where git's index has lost it and the files have not.
    ///
    /// git reads its index before it locks it. A `git commit` that read it just before this program
    /// changed it, and wrote it just after, fails because the branch has moved; but it leaves an
    /// index without the change, and whoever commits next would undo it without noticing.
    fn restage(&self, worktree: &mut Worktree<'_>, newest: CommitId) -> Result<bool, StoreError> {
        let Some(parent) = self.parent_tree(oid(newest)) else { return Ok(false) };
        let steps = self.steps_between(parent, self.tree_of(newest)?)?;
        worktree.restage(&steps).map_err(io_at(self.dir()))
    }

    /// Updates the files from the commit at which they were left to the newest one, if this
    /// program made all commits in between; git itself updates the files after its own commits.
    pub(in crate::store) fn repair_from(
        &self,
        worktree: &mut Worktree<'_>,
        from: CommitId,
        newest: CommitId,
    ) -> Result<bool, StoreError> {
        let Some(trees) = self.our_trees(from, newest) else { return Ok(false) };
        let (older, newer) = (self.tree_of(from)?, self.tree_of(newest)?);
        let steps = self.steps_through(&trees)?;
        let io = io_at(self.workdir().unwrap_or_else(|| self.dir()));
        let fresh =
            worktree.update(&steps, OverwriteRule::Remains, (Some(older), newer)).map_err(&io)?;
        if self.durability == Durability::Full {
            durable::write_back(&fresh).map_err(io)?;
        }
        Ok(true)
    }

    /// Lists the records that differ between two trees, with the new contents. This
    /// program writes no other files, so others stay as they are whatever a commit claims.
    fn steps_between(&self, before: Oid, after: Oid) -> Result<Vec<Step>, StoreError> {
        let database = self.database();
        let mut steps = Vec::new();
        let changes =
            compare(&mut self.recent(), database, Some(before), Some(after), budget::CHANGED)
                .map_err(self.torn("compare trees"))?;
        for changed in changes.into_iter().filter(|it| it.record_path.is_some()) {
            let read = |id| database.file(id).map(|bytes| (id, bytes));
            let new = match changed.new.map(read).transpose() {
                Err(Damage::Odd(_)) => continue, // a folder, which is not a record
                new => new.map_err(self.damaged("read a file", &changed.path))?,
            };
            steps.push(Step { path: changed.path, old: changed.old, new, between: Vec::new() });
        }
        Ok(steps)
    }

    /// Flushes what others wrote: git flushes nothing, nor did a killed command.
    pub(in crate::store) fn flush_everything(&self) -> Result<(), StoreError> {
        if self.durability == Durability::Rehearsal {
            return Ok(());
        }
        durable::flush_all(self.common_dir()).map_err(io_at(self.common_dir()))
    }

    /// Returns the tree of a commit's first parent, if both can be read.
    fn parent_tree(&self, commit: Oid) -> Option<Oid> {
        let parent = self.database().commit(commit).ok()?.parent()?;
        Some(self.database().commit(parent).ok()?.tree)
    }

    /// Returns the trees from one commit to another, oldest first, if this program made all commits
    /// after the first one.
    fn our_trees(&self, from: CommitId, newest: CommitId) -> Option<Vec<Oid>> {
        let read = |id| self.database().commit(id).ok();
        let (mut commit, mut trees) = (read(oid(newest)), Vec::new());
        for _ in 0..FARTHEST {
            let at = commit?;
            trees.push(at.tree);
            if at.id == oid(from) {
                trees.reverse();
                return Some(trees);
            }
            let mut lines = at.message.split(|byte| *byte == b'\n');
            if !lines.any(|line| line.starts_with(TRAILER.as_bytes())) {
                return None;
            }
            commit = at.parent().and_then(read);
        }
        None
    }

    /// Lists the records that differ from one of several trees to the next, with their contents in
    /// the last one. A power cut may take back what the lock says about the files, and then they are
    /// as in any of these trees.
    fn steps_through(&self, trees: &[Oid]) -> Result<Vec<Step>, StoreError> {
        let mut steps: BTreeMap<String, Step> = BTreeMap::new();
        for pair in trees.windows(2) {
            for step in self.steps_between(pair[0], pair[1])? {
                match steps.entry(step.path.clone()) {
                    Entry::Vacant(place) => drop(place.insert(step)),
                    Entry::Occupied(mut known) => {
                        let known = known.get_mut();
                        known.between.push(known.new.as_ref().map(|(id, _)| *id));
                        known.new = step.new;
                    }
                }
            }
        }
        Ok(steps.into_values().collect())
    }
}
