//! A temporary folder that only this user may read, and that is removed afterwards.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::app::AppError;

/// A temporary folder.
#[derive(Debug)]
pub struct Scratch(PathBuf);

impl Scratch {
    /// Makes one.
    ///
    /// # Errors
    /// Fails if it cannot be made.
    pub fn new() -> Result<Self, AppError> {
        let name = format!("space-backup-{}", uuid::Uuid::new_v4());
        let path = std::env::temp_dir().join(name);
        let make = || -> io::Result<()> {
            let mut builder = fs::DirBuilder::new();
            #[cfg(unix)]
            std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
            builder.create(&path)
        };
        make().map_err(|error| AppError::internal(format!("{}: {error}", path.display())))?;
        Ok(Self(path))
    }

    /// Returns where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0); // nothing depends on it
    }
}
