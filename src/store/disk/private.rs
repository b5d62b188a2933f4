//! Folders private to this user, and errors that name the file.

use std::{fs, io, path::Path};

use crate::store::StoreError;

/// Adds the path to an I/O error.
pub(in crate::store) fn io_at(path: &Path) -> impl Fn(io::Error) -> StoreError + use<> {
    let path = path.to_owned();
    move |source| StoreError::Io { path: path.clone(), source }
}

/// Creates a folder that only this user may access.
pub(in crate::store) fn private_dir(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}
