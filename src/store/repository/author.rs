//! The author of a change, according to git.

use std::path::PathBuf;

use crate::store::{Store, StoreError};

/// The domain of the programs that ask by a token; nobody can have it (RFC 2606 §2).
const PROGRAM: &str = "@api.invalid";

/// A name and an e-mail address, for the author of a commit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Author {
    /// The name.
    pub name: String,
    /// The e-mail address.
    pub email: String,
}

impl Author {
    /// Returns the author of what messages change.
    #[must_use]
    pub fn bridge() -> Self {
        Self { name: "bridge".into(), email: "bridge@localhost".into() }
    }

    /// Returns the author of what a program changes that asks by a token.
    #[must_use]
    pub fn program(name: &str) -> Self {
        Self { name: name.to_owned(), email: format!("{name}{PROGRAM}") }
    }

    /// Tells whether this is a program: nobody notices how much it takes away bit by bit.
    #[must_use]
    pub fn is_program(&self) -> bool {
        self.email.ends_with(PROGRAM) || *self == Self::bridge()
    }

    /// Returns the author from the user's git settings, for when there is no repository yet.
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
        // Like git, this asks the environment first; libgit2 does not.
        let get = |variable: &str, key: &str, what| {
            let given = std::env::var(variable).ok().or_else(|| config.get_string(key).ok());
            let given = given.filter(|value| !value.trim().is_empty());
            given.ok_or(StoreError::NoAuthor(what))
        };
        Ok(Self {
            name: get("GIT_AUTHOR_NAME", "user.name", "name")?,
            email: get("GIT_AUTHOR_EMAIL", "user.email", "email")?,
        })
    }
}

impl Store {
    /// Returns the author from git's settings.
    ///
    /// # Errors
    /// git knows no name or no e-mail address.
    pub fn author(&self) -> Result<Author, StoreError> {
        let config = self.repo()?.config().and_then(|mut config| config.snapshot());
        Author::of(&config.map_err(self.git("read git's settings"))?)
    }
}
