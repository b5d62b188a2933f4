//! The purpose of a clone according to its git settings: its branch, and whether it belongs to a
//! door.

use std::{path::Path, process::Command};

use git2::{Signature, Time};
use jiff::Timestamp;

use super::{branch::BRANCH, upkeep::ENVIRONMENT};
use crate::store::{Store, StoreError, disk::io_at, objects::ids::oid};

/// The setting with the purpose of a clone.
const ROLE: &str = "space.role";

/// The value for a door's clone, which follows another repository and must not be written to.
const DOOR: &str = "door";

/// The repository that a clone came from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Remote {
    /// Its name in git: `origin`.
    pub name: String,
    /// Its address, without any password in it.
    pub url: String,
}

impl Store {
    /// Clones a space for a door: bare, on its branch, and read-only for commands.
    ///
    /// # Errors
    /// git failed with a message, or the repository is not a space.
    pub fn clone_for_door(url: &str, to: &Path, now: Timestamp) -> Result<Self, StoreError> {
        let store = Self::cloned(url, to, &[])?;
        store.become_door(now)?;
        Ok(store)
    }

    /// Has git make a clone with checked-out files, and check all that comes in.
    pub(in crate::store) fn cloned_with_files(
        url: &str,
        to: &Path,
        options: &[&str],
    ) -> Result<Self, StoreError> {
        Self::made_by_git(url, to, &[&["--no-bare"], options].concat())
    }

    /// Has git make a bare clone and check all that comes in.
    pub(in crate::store) fn cloned(
        url: &str,
        to: &Path,
        options: &[&str],
    ) -> Result<Self, StoreError> {
        Self::made_by_git(url, to, &[&["--bare"], options].concat())
    }

    fn made_by_git(url: &str, to: &Path, options: &[&str]) -> Result<Self, StoreError> {
        let mut git = Command::new("git");
        for name in ENVIRONMENT {
            git.env_remove(name);
        }
        git.env("LC_ALL", "C").args(["clone", "--quiet"]).args(options);
        git.args(["-c", "transfer.fsckObjects=true", "--", url]).arg(to);
        let output = git.output().map_err(io_at(to))?;
        if output.status.success() {
            return Self::open(to);
        }
        let words = String::from_utf8_lossy(&output.stderr);
        let last = words.lines().find(|line| line.starts_with("fatal: "));
        let last = last.or(words.lines().last()).unwrap_or("it was ended");
        let why = last.trim_start_matches("fatal: ").to_owned();
        Err(StoreError::NotCloned { url: without_password(url), why })
    }

    /// Records which branch the space is on, unless it is already recorded.
    ///
    /// # Errors
    /// The branch is unknown, or the settings cannot be written.
    pub fn pin(&self) -> Result<(), StoreError> {
        let branch = self.pinned()?;
        // A second working tree exists for another branch, and shares the settings.
        if self.setting(BRANCH).is_none() && !self.repo()?.is_worktree() {
            self.set_setting(BRANCH, branch)?;
        }
        Ok(())
    }

    /// Makes this the clone of a door: its branch is pinned, the other repository's branch is kept
    /// beside it, and each move is logged. A clone with another purpose stays as it is.
    ///
    /// # Errors
    /// Like [`Store::pin`].
    pub fn become_door(&self, now: Timestamp) -> Result<(), StoreError> {
        self.pin()?;
        self.enable_transfer_checks()?;
        if self.setting(ROLE).is_some() {
            return Ok(());
        }
        self.set_setting(ROLE, DOOR)?;
        // A power cut after a fetch must not leave a branch that names what never reached the disk.
        self.set_setting("core.fsync", "all")?;
        self.start_reflog(now)?;
        if let Some(Remote { name, .. }) = self.remote() {
            let fetch = format!("remote.{name}.fetch");
            if self.setting(&fetch).is_none() {
                let branch = self.pinned()?;
                let kept = format!("+refs/heads/{branch}:refs/remotes/{name}/{branch}");
                self.set_setting(&fetch, &kept)?;
            }
        }
        Ok(())
    }

    /// Has git log where the branch stands from now on, which it does not in a bare repository.
    fn start_reflog(&self, now: Timestamp) -> Result<(), StoreError> {
        self.set_setting("core.logAllRefUpdates", "true")?;
        // git begins it at the next fetch where the branch is damaged or not there.
        let (name, Ok(head)) = (self.pinned_ref()?, self.head()) else { return Ok(()) };
        let repo = self.repo()?;
        let begun = repo.reflog(&name).and_then(|mut log| {
            if !log.is_empty() {
                return Ok(());
            }
            let who = Signature::new("space", "space@localhost", &Time::new(now.as_second(), 0))?;
            log.append(oid(head), &who, Some("door: from here on"))?;
            log.write()
        });
        begun.map_err(self.git("begin the log of the branch"))
    }

    /// Tells whether this is the clone of a door.
    #[must_use]
    pub fn is_door(&self) -> bool {
        self.setting(ROLE).is_some_and(|role| role == DOOR)
    }

    /// Returns the repository that this clone gets its commits from, if it is a clone.
    #[must_use]
    pub fn remote(&self) -> Option<Remote> {
        let key = self.pinned().ok().map(|branch| format!("branch.{branch}.remote"));
        let name = key.and_then(|key| self.setting(&key));
        let name = name.unwrap_or_else(|| "origin".to_owned());
        let url = self.setting(&format!("remote.{name}.url"))?;
        Some(Remote { name, url: without_password(&url) })
    }

    /// Returns the repository that this clone follows, if it belongs to a door and so must not be
    /// written to.
    #[must_use]
    pub fn followed_remote(&self) -> Option<Remote> {
        self.remote().filter(|_| self.is_door())
    }

    /// Refuses to write to a clone that follows another repository.
    ///
    /// # Errors
    /// This clone follows another repository.
    pub fn ensure_writable(&self) -> Result<(), StoreError> {
        match self.followed_remote() {
            Some(remote) => Err(StoreError::Follows { url: remote.url }),
            None => Ok(()),
        }
    }

    pub(in crate::store) fn setting(&self, name: &str) -> Option<String> {
        self.repo().ok()?.config().ok()?.get_string(name).ok()
    }

    pub(in crate::store) fn set_setting(&self, name: &str, value: &str) -> Result<(), StoreError> {
        let written = self.repo()?.config().and_then(|mut config| config.set_str(name, value));
        written.map_err(self.git("write the settings"))
    }

    /// Adds a value to a setting that may have several.
    pub(super) fn add_setting(&self, name: &str, value: &str) -> Result<(), StoreError> {
        let config = self.repo()?.config();
        let written = config.and_then(|mut config| config.set_multivar(name, "^$", value));
        written.map_err(self.git("write the settings"))
    }
}

/// Returns an address without its password.
pub(super) fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let host = rest.find('/').unwrap_or(rest.len());
    match rest[..host].rfind('@') {
        Some(at) => format!("{scheme}://{}", &rest[at + 1..]),
        None => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_shown_without_who_is_let_in() {
        for (url, shown) in [
            ("https://door:secret@git.example.org/space.git", "https://git.example.org/space.git"),
            ("https://git.example.org/a@b.git", "https://git.example.org/a@b.git"),
            ("git@server:space.git", "git@server:space.git"),
            ("/srv/space.git", "/srv/space.git"),
        ] {
            assert_eq!(without_password(url), shown);
        }
    }
}
