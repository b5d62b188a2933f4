//! Who makes a change, as git knows them.

use std::path::PathBuf;

use super::{Store, StoreError};

/// A name and an e-mail address, for the author of a commit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Author {
    /// What people call them.
    pub name: String,
    /// Where mail goes.
    pub email: String,
}

impl Author {
    /// Returns who is at the keyboard, from the settings that git has for this user; for where
    /// there is no repository yet.
    ///
    /// # Errors
    /// git knows no name or no e-mail address.
    pub fn from_git() -> Result<Self, StoreError> {
        let fail = |source| StoreError::Git {
            path: PathBuf::from("."),
            doing: "read git's settings",
            source,
        };
        Self::of(&git2::Config::open_default().map_err(fail)?.snapshot().map_err(fail)?)
    }

    fn of(config: &git2::Config) -> Result<Self, StoreError> {
        let get = |key: &str, what| {
            let value = config.get_string(key).ok().filter(|value| !value.trim().is_empty());
            value.ok_or(StoreError::NoAuthor(what))
        };
        Ok(Self { name: get("user.name", "name")?, email: get("user.email", "email")? })
    }
}

impl Store {
    /// Returns who is at the keyboard, from git's settings.
    ///
    /// # Errors
    /// git knows no name or no e-mail address.
    pub fn author(&self) -> Result<Author, StoreError> {
        let config = self.repo.config().and_then(|mut config| config.snapshot());
        Author::of(&config.map_err(self.git("read git's settings"))?)
    }
}
