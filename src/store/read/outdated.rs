//! Finds what a `git commit` would take back although nobody has edited it.
//!
//! git reads its index before it locks it. A git that read it just before this program changed it,
//! and wrote it just after, leaves an index without the change. The next command of ours heals that;
//! somebody who commits with git first would undo the change without noticing.

use std::path::Path;

use git2::Oid;

use super::Draft;
use crate::domain::model::budget;
use crate::store::{
    Changed, Store, StoreError, objects::commit::Commit, objects::compare::compare,
    objects::ids::oid, write::worktree,
};

/// How many commits back an older version of a record is looked for.
const FARTHEST: usize = 50;

impl Store {
    /// Lists the records that are staged in an older version than the newest commit has, although the
    /// checked-out file is as in the newest commit. Lists nothing during a merge or similar, when what
    /// is staged is meant to differ, nor before the first commit.
    ///
    /// # Errors
    /// The newest commit cannot be read.
    pub fn outdated(&self, staged: &Draft) -> Result<Vec<String>, StoreError> {
        let (Some(root), Ok(_), Ok(head)) = (self.workdir(), self.branch(), self.head()) else {
            return Ok(Vec::new());
        };
        let (index, tree) = staged.stored();
        let changes = {
            let newest = self.tree_of(head)?;
            compare(
                &mut index.recent(),
                index.database(),
                Some(newest),
                Some(tree),
                budget::CHANGED,
            )
        };
        let mut changes = changes.map_err(self.torn("compare trees"))?;
        let unedited = |path: &str, newest| worktree::holds(&root.join(Path::new(path)), newest);
        changes.retain(|it| it.record_path.is_some() && unedited(&it.path, it.old));
        if changes.is_empty() {
            return Ok(Vec::new());
        }
        let older = self.older_trees(oid(head))?;
        let was =
            |path: &str, tree: &Oid| self.find(*tree, path).map_or(None, |it| it).map(|it| it.1);
        changes.retain(|it| older.iter().any(|tree| was(&it.path, tree) == it.new));
        Ok(changes.into_iter().map(|it| it.path).collect())
    }

    /// Lists the files among some that differ from the newest commit which are as in an earlier one:
    /// most likely nobody has edited them, and they were left behind.
    ///
    /// # Errors
    /// The newest commit cannot be read.
    pub fn left_behind(&self, unsaved: &[Changed]) -> Result<Vec<String>, StoreError> {
        let older = self.older_trees(oid(self.head()?))?;
        let was =
            |path: &str, tree: &Oid| self.find(*tree, path).map_or(None, |it| it).map(|it| it.1);
        let records = unsaved.iter().filter(|it| it.record_path.is_some());
        let old = records.filter(|it| older.iter().any(|tree| was(&it.path, tree) == it.new));
        Ok(old.map(|it| it.path.clone()).collect())
    }

    /// Returns the trees of the commits before a commit, newest first.
    fn older_trees(&self, newest: Oid) -> Result<Vec<Oid>, StoreError> {
        let newest = self.database().commit(newest);
        let newest = newest.map_err(self.damaged("read the newest commit", ""))?;
        let parent = |of: &Commit| of.parent().and_then(|id| self.database().commit(id).ok());
        let before = std::iter::successors(parent(&newest), parent);
        Ok(before.take(FARTHEST).map(|it| it.tree).collect())
    }
}
