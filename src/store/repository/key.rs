//! The key that codes are hashed with: a file on this machine, outside the history.

use std::{
    fs,
    io::{self, Write as _},
    path::PathBuf,
};

use crate::{
    domain::model::{Record, RecordPath, SpaceKey, Tag},
    store::{
        Store, StoreError,
        disk::{durable, io_at, private_dir},
    },
};

impl Store {
    /// Reads the key of this space.
    ///
    /// # Errors
    /// It is missing, not a key, or not the one named in `space.json`.
    pub fn key(&self) -> Result<SpaceKey, StoreError> {
        let path = self.key_path();
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(StoreError::KeyMissing(path));
            }
            Err(source) => return Err(StoreError::Io { path, source }),
        };
        let wrong = |why: String| StoreError::KeyWrong { path: path.clone(), why };
        let key: SpaceKey = text.parse().map_err(wrong)?;
        match self.key_id()? {
            Some(named) if named != key.id() => {
                Err(wrong(format!("its id is {}, but space.json names {named}", key.id())))
            }
            _ => Ok(key),
        }
    }

    /// Stores a key on this machine, readable by this user alone.
    ///
    /// # Errors
    /// It is not the key named in `space.json`, or the system reported an error.
    pub fn set_key(&self, key: &SpaceKey) -> Result<(), StoreError> {
        let path = self.key_path();
        if let Some(named) = self.key_id()?.filter(|named| *named != key.id()) {
            let why = format!("its id is {}, but space.json names {named}", key.id());
            return Err(StoreError::KeyWrong { path, why });
        }
        self.write_key(key)
    }

    pub(in crate::store) fn write_key(&self, key: &SpaceKey) -> Result<(), StoreError> {
        let path = self.key_path();
        private_dir(self.dir()).map_err(io_at(self.dir()))?;
        let write = || {
            let new = path.with_extension("new");
            let mut file = durable::create(&new, 0o600)?;
            writeln!(file, "{}", key.to_hex())?;
            file.sync_all()?;
            fs::rename(&new, &path)?;
            durable::flush_dir(self.dir())
        };
        write().map_err(io_at(&path))
    }

    fn key_path(&self) -> PathBuf {
        self.dir().join("key")
    }

    /// Returns the key id in `space.json`, if it can be read.
    fn key_id(&self) -> Result<Option<String>, StoreError> {
        Ok(match self.read(self.head()?)?.record(&RecordPath::Space) {
            Ok(Some(Record::Space(space))) => space.key_id,
            _ => None,
        })
    }
}

/// Generates a key from the system's random source.
pub(in crate::store) fn random() -> SpaceKey {
    // Four random GUIDs have 488 random bits; the hash condenses them to 256.
    let text: String = (0..4).map(|_| Tag::random().to_string()).collect();
    SpaceKey::from_bytes(*blake3::hash(text.as_bytes()).as_bytes())
}
