//! What lies beside the history and must not be lost: journals, letters, applications, cursors.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::store::{Store, StoreError, disk::io_at};

/// What belongs to a running program, follows from the records, or is kept in another way.
const LEFT_OUT: [&str; 9] = [
    "branch-new",
    "cache",
    "damaged",
    "index-mark",
    "init-begun",
    "key",
    "lock",
    "machine",
    "packing",
];

/// What a door keeps beside its journal of what it had in force: the next machine has its own.
const OF_THE_MACHINE: [&str; 2] = ["last-good", "machine-key"];

/// Endings of what belongs to a running program.
const TRANSIENT: [&str; 3] = ["lock", "new", "sock"];

/// A file beside the history.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StateFile {
    /// Its name, from the repository's own folder.
    pub name: PathBuf,
    /// Where it is.
    pub path: PathBuf,
}

impl Store {
    /// Returns the files beside the history, by name, other than the key.
    ///
    /// # Errors
    /// A folder cannot be read.
    pub fn state_files(&self) -> Result<Vec<StateFile>, StoreError> {
        Self::files_in(self.dir())
    }

    /// Returns the files in a folder that is kept in another place, by name.
    ///
    /// # Errors
    /// A folder cannot be read.
    pub fn files_in(folder: &Path) -> Result<Vec<StateFile>, StoreError> {
        let mut found = Vec::new();
        collect(folder, folder, &mut found)?;
        found.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(found)
    }
}

fn collect(root: &Path, dir: &Path, found: &mut Vec<StateFile>) -> Result<(), StoreError> {
    let entries = match fs::read_dir(dir) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        other => other.map_err(io_at(dir))?,
    };
    for entry in entries {
        let entry = entry.map_err(io_at(dir))?;
        let (path, kind) = (entry.path(), entry.file_type().map_err(io_at(dir))?);
        let name = path.strip_prefix(root).unwrap_or(&path).to_owned();
        let is_transient = || {
            let ending = path.extension().and_then(|it| it.to_str());
            ending.is_some_and(|it| TRANSIENT.contains(&it))
        };
        let of_machine = OF_THE_MACHINE.iter().any(|it| entry.file_name() == *it);
        if of_machine || LEFT_OUT.iter().any(|it| name == Path::new(it)) {
            continue;
        }
        if kind.is_dir() {
            collect(root, &path, found)?;
        } else if kind.is_file() && !is_transient() {
            found.push(StateFile { name, path });
        }
    }
    Ok(())
}
