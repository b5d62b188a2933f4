//! Moves the branch, and the checked-out files with it, to a commit that contains what is here.

use jiff::Timestamp;

use crate::{
    domain::model::CommitId,
    store::{Store, StoreError, disk::lock::Lock, sync::git},
};

impl Store {
    /// Moves the branch from one commit to another, unless somebody moved it since; tells whether it
    /// did. Files with unsaved edits that would be overwritten keep it from moving.
    ///
    /// # Errors
    /// Files have unsaved edits, another process is writing, or the disk fails.
    pub fn adopt(&self, from: CommitId, to: CommitId, now: Timestamp) -> Result<bool, StoreError> {
        if from == to {
            return Ok(true);
        }
        self.repair(now)?;
        let branch = self.branch_ref()?;
        self.pin()?;
        let lock = Lock::acquire(self.dir(), "sync", now)?;
        if self.head()? != from {
            return Ok(false);
        }
        let (old, new) = (from.to_string(), to.to_string());
        let output = match (self.is_bare(), self.descends(to, from)?) {
            (true, _) => self.run_git(&["update-ref", "-m", "sync", &branch, &new, &old])?,
            // What comes in was checked already.
            (false, true) => self.run_git(&[
                "-c",
                "core.hooksPath=/dev/null",
                "merge",
                "--quiet",
                "--ff-only",
                &new,
            ])?,
            (false, false) => self.run_git(&["reset", "--quiet", "--keep", &new])?,
        };
        if !output.status.success() {
            let words = String::from_utf8_lossy(&output.stderr);
            let edited: Vec<String> =
                words.lines().filter_map(|it| it.strip_prefix('\t')).map(str::to_owned).collect();
            if !edited.is_empty() {
                return Err(StoreError::Unsaved(edited));
            }
            let said = git2::Error::from_str(&git::why(&output));
            return Err(self.git("move the branch")(said));
        }
        self.flush_everything()?;
        lock.release(to)?;
        Ok(true)
    }
}
