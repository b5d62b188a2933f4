//! Tests whether a change could be committed now.

use std::io::Write as _;

use jiff::Timestamp;

use crate::store::{
    Store, StoreError,
    disk::{durable, io_at, lock::Lock},
};

/// More than a small change takes on the disk.
const ROOM: usize = 256 * 1024;

impl Store {
    /// Tests whether a change could be committed now, by a process that hashes codes; `doing` says
    /// what for. What an interrupted command left is finished first.
    ///
    /// # Errors
    /// Another process is writing; the branch cannot be committed to; nothing is written in this
    /// clone; the key is missing; the disk is full.
    pub fn can_write(&self, doing: &str, now: Timestamp) -> Result<(), StoreError> {
        self.branch()?;
        self.ensure_writable()?;
        self.key()?;
        self.repair(now)?;
        let _lock = Lock::acquire(self.dir(), doing, now)?;
        let draft = self.dir().join("room.new");
        let tried = durable::create(&draft, 0o600).and_then(|mut file| {
            file.write_all(&vec![0; ROOM])?;
            file.sync_data()
        });
        let removed = durable::remove(&draft);
        tried.and(removed).map_err(io_at(&draft))
    }
}
