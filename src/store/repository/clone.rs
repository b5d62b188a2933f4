//! What a clone is for, as its own settings of git say it: its branch, and whether it is a door's.

use std::{path::Path, process::Command};

use super::{branch::BRANCH, upkeep::ENVIRONMENT};
use crate::store::{Store, StoreError, disk::io_at};

/// The setting that says what a clone is for.
const ROLE: &str = "space.role";

/// The value of a door's clone, which follows another repository and is not written to.
const DOOR: &str = "door";

/// Where a clone came from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Remote {
    /// What git calls it: `origin`.
    pub name: String,
    /// Its address, without a password that may stand in it.
    pub url: String,
}

impl Store {
    /// Clones a space for a door: bare, on its branch, and read-only for commands.
    ///
    /// # Errors
    /// git says why it cannot, or what is there is no space.
    pub fn clone_for_door(url: &str, to: &Path) -> Result<Self, StoreError> {
        let mut git = Command::new("git");
        for name in ENVIRONMENT {
            git.env_remove(name);
        }
        git.env("LC_ALL", "C").args(["clone", "--quiet", "--bare"]);
        git.args(["-c", "transfer.fsckObjects=true", "--", url]).arg(to);
        let said = git.output().map_err(io_at(to))?;
        if !said.status.success() {
            let words = String::from_utf8_lossy(&said.stderr);
            let last = words.lines().find(|line| line.starts_with("fatal: "));
            let last = last.or(words.lines().last()).unwrap_or("it was ended");
            let why = last.trim_start_matches("fatal: ").to_owned();
            return Err(StoreError::NotCloned { url: without_password(url), why });
        }
        let store = Self::open(to)?;
        store.become_door()?;
        Ok(store)
    }

    /// Writes down which branch the space is on, unless that is written already.
    ///
    /// # Errors
    /// It is unknown which branch that is, or the settings cannot be written.
    pub fn pin(&self) -> Result<(), StoreError> {
        let branch = self.pinned()?;
        // A second working tree is there for another branch, and shares the settings.
        if self.setting(BRANCH).is_none() && !self.repo()?.is_worktree() {
            self.set(BRANCH, branch)?;
        }
        Ok(())
    }

    /// Makes this the clone of a door: its branch is pinned, what the other repository has is kept
    /// beside it and each move is logged. A clone that was said to be something else stays that.
    ///
    /// # Errors
    /// As [`Store::pin`].
    pub fn become_door(&self) -> Result<(), StoreError> {
        self.pin()?;
        self.guard()?;
        if self.setting(ROLE).is_some() {
            return Ok(());
        }
        self.set(ROLE, DOOR)?;
        self.set("core.logAllRefUpdates", "true")?;
        if let Some(Remote { name, .. }) = self.remote() {
            let fetch = format!("remote.{name}.fetch");
            if self.setting(&fetch).is_none() {
                let branch = self.pinned()?;
                let kept = format!("+refs/heads/{branch}:refs/remotes/{name}/{branch}");
                self.set(&fetch, &kept)?;
            }
        }
        Ok(())
    }

    /// Tells whether this is the clone of a door.
    #[must_use]
    pub fn is_door(&self) -> bool {
        self.setting(ROLE).is_some_and(|role| role == DOOR)
    }

    /// Returns the repository from which this clone gets its commits, if it is a clone.
    #[must_use]
    pub fn remote(&self) -> Option<Remote> {
        let of_branch = self.pinned().ok().map(|branch| format!("branch.{branch}.remote"));
        let name = of_branch.and_then(|key| self.setting(&key));
        let name = name.unwrap_or_else(|| "origin".to_owned());
        let url = self.setting(&format!("remote.{name}.url"))?;
        Some(Remote { name, url: without_password(&url) })
    }

    /// Returns from where the records of this clone come if it is a door's, and so not written to.
    #[must_use]
    pub fn follows(&self) -> Option<Remote> {
        self.remote().filter(|_| self.is_door())
    }

    /// Refuses to write to a clone that follows another repository.
    ///
    /// # Errors
    /// It is one.
    pub fn writable(&self) -> Result<(), StoreError> {
        match self.follows() {
            Some(remote) => Err(StoreError::Follows { url: remote.url }),
            None => Ok(()),
        }
    }

    fn setting(&self, name: &str) -> Option<String> {
        self.repo().ok()?.config().ok()?.get_string(name).ok()
    }

    fn set(&self, name: &str, value: &str) -> Result<(), StoreError> {
        let written = self.repo()?.config().and_then(|mut config| config.set_str(name, value));
        written.map_err(self.git("write the settings"))
    }
}

/// Returns an address as it may be shown.
fn without_password(url: &str) -> String {
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
