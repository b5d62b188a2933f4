//! What somebody has confirmed for a program that can ask nobody, until it is used:
//! `.git/space/confirmed`.

use std::{fs, path::PathBuf};

use super::{
    Store, StoreError,
    disk::{durable, io_at, private_dir},
};

impl Store {
    /// Confirms the next change that needs it: it may take access from so many members.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn confirm_next(&self, members: usize) -> Result<(), StoreError> {
        let path = self.confirmation_file();
        private_dir(self.dir()).map_err(io_at(self.dir()))?;
        durable::keep(&path, format!("{members}\n").as_bytes()).map_err(io_at(&path))
    }

    /// Returns from how many members the next change may take access, if somebody has confirmed that.
    #[must_use]
    pub fn confirmed_next(&self) -> Option<usize> {
        fs::read_to_string(self.confirmation_file()).ok()?.trim().parse().ok()
    }

    /// Forgets what was confirmed, now that it was used.
    ///
    /// # Errors
    /// The file cannot be removed.
    pub fn use_confirmation(&self) -> Result<(), StoreError> {
        let path = self.confirmation_file();
        durable::remove(&path).map_err(io_at(&path))
    }

    fn confirmation_file(&self) -> PathBuf {
        self.dir().join("confirmed")
    }
}
