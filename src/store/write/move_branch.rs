//! Moves the branch, by the one rename that makes a change count.
//!
//! The steps are git's own (lock, compare, reflog, rename), so this program and git respect each
//! other. They are not left to libgit2, because a lock left behind when it is killed would look
//! the same as one held by a running git.

use std::{
    fs,
    io::{self, Write as _},
    path::PathBuf,
    time::Duration,
};

use git2::{Oid, Repository};

use crate::store::{
    Durability, Store, StoreError,
    disk::durable::{self, remove},
    disk::io_at,
    disk::lock::retry,
    write::commit::{CommitDraft, one_line},
    write::index::link,
};

/// How long to wait for git's lock on the branch.
const TIMEOUT: Duration = Duration::from_secs(2);

impl Store {
    /// Moves the branch from the draft's parent to a commit if it is still there; tells whether it
    /// was. The lock of the store must be held.
    ///
    /// `ready` is called just before the branch moves, while nobody else can move it. What it
    /// writes may be ahead of the branch for a moment, but never behind it.
    pub(in crate::store) fn move_branch(
        &self,
        name: &str,
        draft: &CommitDraft<'_>,
        to: Oid,
        ready: impl FnOnce() -> Result<(), StoreError>,
    ) -> Result<bool, StoreError> {
        let (file, lock, planned) =
            (self.branch_file(name), self.lock_file(name), self.plan_file());
        let (io, plan) = (io_at(&lock), format!("{to}\n"));
        // Written as a new file: after a kill, the old one may be the branch itself.
        remove(&planned)
            .and_then(|()| fs::write(&planned, &plan))
            .and_then(|()| self.share(&planned))
            .map_err(io_at(&planned))?;
        if self.durability == Durability::Full {
            durable::write_back(std::slice::from_ref(&planned)).map_err(io_at(&planned))?;
        }
        let folder = file.parent().unwrap_or(&file);
        fs::create_dir_all(folder).map_err(&io)?;
        let take = || match link(&planned, &lock) {
            // A git that packs refs removes folders that it has emptied.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                fs::create_dir_all(folder)?;
                link(&planned, &lock)
            }
            done => done,
        };
        if !retry(folder, TIMEOUT, take).map_err(&io)? {
            let holder = "git, which is changing the branch".to_owned();
            return Err(StoreError::Busy { path: lock, holder });
        }
        // Where locks do not work, somebody else may have replaced the plan just now.
        if fs::read(&lock).map_err(&io)? != plan.as_bytes() {
            fs::remove_file(&lock).map_err(&io)?;
            let holder = "another process".to_owned();
            return Err(StoreError::Busy { path: planned, holder });
        }
        self.reached("branch locked");
        if self.repo()?.refname_to_id(name).ok() != draft.parent {
            fs::remove_file(&lock).map_err(&io)?;
            return Ok(false);
        }
        let move_branch = || {
            self.write_reflogs(name, draft, to).and_then(|()| fs::rename(&lock, &file)).map_err(&io)
        };
        if let Err(error) = ready().and_then(|()| move_branch()) {
            let _ = fs::remove_file(&lock); // the first error counts
            return Err(error);
        }
        self.reached("branch");
        // From here on the change counts, whatever fails; the next command removes a plan that stays.
        let _ = remove(&planned);
        Ok(true)
    }

    /// Returns the file that names the commit to which a command is about to move the branch.
    pub(in crate::store) fn plan_file(&self) -> PathBuf {
        self.dir().join("branch-new")
    }

    /// Returns git's lock of a branch.
    pub(in crate::store) fn lock_file(&self, name: &str) -> PathBuf {
        self.branch_file(&format!("{name}.lock"))
    }

    /// Makes the branch, and everything written back before it moved, safe from a power cut.
    pub(in crate::store) fn flush_branch(&self, name: &str) -> Result<(), StoreError> {
        if self.durability == Durability::Rehearsal {
            return Ok(());
        }
        let path = self.branch_file(name);
        match durable::flush(&path) {
            // git has packed it in the meantime.
            Err(error) if error.kind() == io::ErrorKind::NotFound => self.flush_everything(),
            done => done.map_err(io_at(&path)),
        }
    }

    fn branch_file(&self, name: &str) -> PathBuf {
        self.common_dir().join(name)
    }

    /// Adds a line to the reflogs of the branch and of HEAD, where git would.
    fn write_reflogs(&self, name: &str, draft: &CommitDraft<'_>, to: Oid) -> io::Result<()> {
        let from = draft.parent.unwrap_or(Oid::ZERO_SHA1);
        let (who, at) = (&draft.author, draft.now.as_second().max(0));
        let subject = draft.message.lines().next().unwrap_or_default();
        let entry = format!(
            "{from} {to} {} <{}> {at} +0000\tcommit: {subject}\n",
            one_line(&who.name),
            one_line(&who.email)
        );
        let repo = self.repo().map_err(io::Error::other)?;
        let head = repo.find_reference("HEAD").map_err(io::Error::other)?;
        let mut logs = vec![self.common_dir().join("logs").join(name)];
        if head.symbolic_target().ok().flatten() == Some(name) {
            logs.push(self.git_dir().join("logs/HEAD"));
        }
        for log in logs {
            if log.is_file() || wants_reflogs(&repo) {
                fs::create_dir_all(log.parent().unwrap_or(&log))?;
                let mut file = fs::OpenOptions::new().append(true).create(true).open(&log)?;
                self.share(&log)?;
                file.write_all(entry.as_bytes())?;
            }
        }
        Ok(())
    }
}

fn wants_reflogs(repo: &Repository) -> bool {
    let set = repo.config().and_then(|it| it.get_bool("core.logallrefupdates"));
    set.unwrap_or(!repo.is_bare())
}
