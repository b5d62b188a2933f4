//! Removes what was computed about people from the disk.

use std::{fs, io};

use super::verdict;
use crate::{
    domain::model::MemberFolder,
    store::{
        Store, StoreError,
        disk::{cache, durable, io_at},
        roster::{BirthMonth, MemberPart, Notices, Payments},
    },
};

/// The snapshots of members, and what a check says about records.
const ABOUT_PEOPLE: [&str; 5] =
    [MemberFolder::FILE, BirthMonth::FILE, Payments::FILE, Notices::FILE, verdict::FILE];

impl Store {
    /// Removes the snapshots from the disk, with drafts that a crash left behind: they may have what
    /// was removed from the records. Whoever needs one makes a new one.
    ///
    /// # Errors
    /// The system reported an error.
    pub fn remove_snapshots(&self) -> Result<(), StoreError> {
        let folder = cache::path(self.dir(), "");
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(io_at(&folder)(error)),
        };
        for entry in entries {
            let path = entry.map_err(io_at(&folder))?.path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if name.split('.').next().is_some_and(|name| ABOUT_PEOPLE.contains(&name)) {
                durable::remove(&path).map_err(io_at(&path))?;
            }
        }
        Ok(())
    }
}
