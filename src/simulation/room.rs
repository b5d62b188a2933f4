//! A folder for one play, in memory if the system has such a place; it is gone afterwards.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering::Relaxed},
};

/// Where Linux keeps files in memory.
const MEMORY: &str = "/dev/shm";

/// A folder that is removed when this is dropped.
#[derive(Debug)]
pub(super) struct Room(PathBuf);

impl Room {
    /// Makes one that nobody else has.
    pub(super) fn new() -> io::Result<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let memory = PathBuf::from(MEMORY);
        let place = if memory.is_dir() { memory } else { std::env::temp_dir() };
        let (process, count) = (std::process::id(), COUNT.fetch_add(1, Relaxed));
        let path = place.join(format!("space-simulation-{process}-{count}"));
        fs::create_dir(&path)?;
        Ok(Self(path))
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0); // what cannot be removed is in a temporary folder anyway
    }
}
