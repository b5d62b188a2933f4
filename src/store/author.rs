//! Who makes a change, as git knows them.

use super::{Store, StoreError};

/// A name and an e-mail address, for the author of a commit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Author {
    /// What people call them.
    pub name: String,
    /// Where mail goes.
    pub email: String,
}

impl Store {
    /// Returns who is at the keyboard, from git's settings.
    ///
    /// # Errors
    /// git knows no name or no e-mail address.
    pub fn author(&self) -> Result<Author, StoreError> {
        let config = self.repo.config().and_then(|mut config| config.snapshot());
        let config = config.map_err(self.git("read git's settings"))?;
        let get = |key: &str, what| {
            let value = config.get_string(key).ok().filter(|value| !value.trim().is_empty());
            value.ok_or(StoreError::NoAuthor(what))
        };
        Ok(Author { name: get("user.name", "name")?, email: get("user.email", "email")? })
    }
}
