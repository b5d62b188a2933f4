//! git's lock files that nobody holds any more: a git that is killed, or a power cut, leaves them, and no
//! other git changes the branch from then on.

use std::{fs, path::PathBuf};

use jiff::{SignedDuration, Timestamp};

use crate::store::{Store, StoreError, disk::io_at};

/// A git holds a lock for moments; a fetch is ended after minutes.
const LONGEST: SignedDuration = SignedDuration::from_mins(15);

impl Store {
    /// Lists the locks on the branch, on what was fetched beside it and on the settings that are older
    /// than any git keeps them.
    #[must_use]
    pub fn stale_locks(&self, now: Timestamp) -> Vec<PathBuf> {
        let Ok(branch) = self.pinned_ref() else { return Vec::new() };
        let mut names = vec![
            format!("{branch}.lock"),
            "packed-refs.lock".to_owned(),
            "HEAD.lock".to_owned(),
            "config.lock".to_owned(),
            "shallow.lock".to_owned(),
        ];
        if let (Some(remote), Ok(branch)) = (self.remote(), self.pinned()) {
            names.push(format!("refs/remotes/{}/{branch}.lock", remote.name));
        }
        let is_stale = |path: &PathBuf| {
            let made = fs::symlink_metadata(path).and_then(|it| it.modified()).ok();
            let made = made.and_then(|it| Timestamp::try_from(it).ok());
            made.is_some_and(|made| now.duration_since(made) > LONGEST)
        };
        names.into_iter().map(|name| self.common_dir().join(name)).filter(is_stale).collect()
    }

    /// Removes such a lock.
    ///
    /// # Errors
    /// The system reported an error.
    pub fn remove_lock(&self, lock: &PathBuf) -> Result<(), StoreError> {
        fs::remove_file(lock).map_err(io_at(lock))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_is_stale_once_no_git_can_hold_it() {
        let dir = tempfile::tempdir().unwrap();
        let repo = git2::Repository::init_bare(dir.path()).unwrap();
        repo.config().unwrap().set_str("space.branch", "main").unwrap();
        let store = Store::from_repository(repo);
        let lock = dir.path().join("refs/heads/main.lock");
        fs::write(&lock, "").unwrap();
        let made: Timestamp = fs::metadata(&lock).unwrap().modified().unwrap().try_into().unwrap();
        assert!(store.stale_locks(made + LONGEST).is_empty());
        let late = made + LONGEST + SignedDuration::from_secs(1);
        assert_eq!(store.stale_locks(late), vec![lock.clone()]);
        store.remove_lock(&lock).unwrap();
        assert!(store.stale_locks(late).is_empty());
    }
}
