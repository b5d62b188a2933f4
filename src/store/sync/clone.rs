//! Makes a clone to work in, and has git join records as this program does.

use std::{
    fs,
    path::{Path, PathBuf},
};

use jiff::Timestamp;

use super::git;
use crate::store::{Store, StoreError, disk::io_at};

/// What git runs to join a record that both sides changed.
const DRIVER: &str = "space merge-file %O %A %B %P";

/// Which files git joins so, in a space whose own `.gitattributes` is from before.
const ATTRIBUTES: &str = "*.json merge=space\n";

impl Store {
    /// Clones a space to work in.
    ///
    /// # Errors
    /// git failed with a message, or the repository is not a space.
    pub fn clone_to_work(url: &str, to: &Path, _now: Timestamp) -> Result<Self, StoreError> {
        let store = Self::cloned_with_files(url, to, &[])?;
        store.pin()?;
        store.enable_transfer_checks()?;
        store.enable_merges()?;
        Ok(store)
    }

    /// Clones a copy of a space to look at it: a folder, an address, or a bundle.
    ///
    /// # Errors
    /// git failed with a message, or the copy is not a space.
    pub fn clone_to_verify(url: &str, to: &Path) -> Result<Self, StoreError> {
        Self::cloned(url, to, &["--no-local"])
    }

    /// Has git look at each object of the repository.
    ///
    /// # Errors
    /// An object is missing or damaged.
    pub fn fsck(&self) -> Result<(), StoreError> {
        // What root has restored belongs to the user of the door already.
        let place = self.workdir().unwrap_or_else(|| self.common_dir());
        let place: PathBuf = place.components().collect(); // git knows it without a slash at the end
        let trust = format!("safe.directory={}", place.display());
        let fsck = ["fsck", "--full", "--strict", "--no-dangling", "--no-progress"];
        let output = self.run_git(&[&["-c", &trust], &fsck[..]].concat())?;
        if output.status.success() {
            return Ok(());
        }
        Err(self.git("verify the objects")(git2::Error::from_str(&git::why(&output))))
    }

    /// Has git join records as this program does.
    ///
    /// # Errors
    /// The settings of the repository cannot be written.
    pub fn enable_merges(&self) -> Result<(), StoreError> {
        self.set_setting("merge.space.name", "joins records field by field")?;
        self.set_setting("merge.space.driver", DRIVER)?;
        let file = self.dir().with_file_name("info").join("attributes");
        let known = fs::read_to_string(&file).unwrap_or_default();
        if known.contains("merge=space") {
            return Ok(());
        }
        let parent = file.parent().unwrap_or(&file);
        fs::create_dir_all(parent).map_err(io_at(parent))?;
        fs::write(&file, known + ATTRIBUTES).map_err(io_at(&file))
    }
}
