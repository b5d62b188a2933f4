//! The doors that somebody locked by hand: what shuts a door lasts until somebody releases it, whatever
//! restarts in between.

use std::{collections::BTreeMap, fs, io, path::Path};

use crate::{
    domain::model::Slug,
    store::{
        StoreError,
        disk::{durable, io_at, private_dir},
    },
};

/// The name of the file, in the folder for what is not in the history.
const FILE: &str = "locked-by-hand";

/// Reads who has locked which door, given that folder; nobody if the file is not there.
///
/// # Errors
/// The file cannot be read.
pub fn read(dir: &Path) -> Result<BTreeMap<Slug, String>, StoreError> {
    let path = dir.join(FILE);
    let bytes = match fs::read(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
        read => read.map_err(io_at(&path))?,
    };
    serde_json::from_slice(&bytes).map_err(|error| io_at(&path)(error.into()))
}

/// Writes down who has locked which door, so that it survives a power cut.
///
/// # Errors
/// The file cannot be written.
pub fn write(dir: &Path, locked: &BTreeMap<Slug, String>) -> Result<(), StoreError> {
    let path = dir.join(FILE);
    let write = || {
        private_dir(dir)?;
        if locked.is_empty() {
            durable::remove(&path)?;
            return durable::flush_dir(dir);
        }
        durable::keep(&path, &serde_json::to_vec(locked)?)
    };
    write().map_err(io_at(&path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_locked_is_known_until_it_is_released() {
        let dir = tempfile::tempdir().unwrap();
        assert!(read(dir.path()).unwrap().is_empty());
        let locked = BTreeMap::from([("laser".parse().unwrap(), "Warden".to_owned())]);
        write(dir.path(), &locked).unwrap();
        assert_eq!(read(dir.path()).unwrap(), locked);
        write(dir.path(), &BTreeMap::new()).unwrap();
        assert!(read(dir.path()).unwrap().is_empty());
        fs::write(dir.path().join(FILE), "{").unwrap();
        assert!(read(dir.path()).is_err());
    }
}
