//! What this machine knows about each outside service besides the records: how it was found last, and
//! what it was asked.

use std::{fs, io, path::PathBuf};

use serde::{Serialize, de::DeserializeOwned};

use crate::{
    domain::model::Slug,
    store::{
        Store, StoreError,
        disk::{durable, io_at, private_dir},
    },
};

impl Store {
    /// Reads what is known about a service; the default if nothing is.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn service_state<T: DeserializeOwned + Default>(
        &self,
        name: &Slug,
    ) -> Result<T, StoreError> {
        let path = self.service_file(name);
        let bytes = match fs::read(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(T::default()),
            read => read.map_err(io_at(&path))?,
        };
        serde_json::from_slice(&bytes).map_err(|error| io_at(&path)(error.into()))
    }

    /// Keeps what is known about a service, so that it survives a power cut.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn keep_service_state<T: Serialize>(
        &self,
        name: &Slug,
        state: &T,
    ) -> Result<(), StoreError> {
        let path = self.service_file(name);
        let keep = || {
            private_dir(self.dir())?;
            private_dir(&self.dir().join("services"))?;
            let mut bytes = serde_json::to_vec_pretty(state)?;
            bytes.push(b'\n');
            durable::keep(&path, &bytes)
        };
        keep().map_err(io_at(&path))
    }

    fn service_file(&self, name: &Slug) -> PathBuf {
        self.dir().join("services").join(format!("{name}.json"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_about_a_service_is_kept() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::from_repository(git2::Repository::init_bare(dir.path()).unwrap());
        let name: Slug = "stripe".parse().unwrap();
        assert_eq!(store.service_state::<Vec<u8>>(&name).unwrap(), [0_u8; 0]);
        store.keep_service_state(&name, &[1, 2]).unwrap();
        assert_eq!(store.service_state::<Vec<u8>>(&name).unwrap(), [1, 2]);
        fs::write(store.service_file(&name), "[").unwrap();
        assert!(store.service_state::<Vec<u8>>(&name).is_err());
    }
}
