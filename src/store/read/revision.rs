//! The records as they stood in one commit, read from its tree.

use git2::Oid;
use jiff::Timestamp;
use serde::de::DeserializeOwned;

use crate::domain::model::{CommitId, Finding, FindingCode, MemberId, Place, Record};
use crate::store::{
    Store, json,
    objects::database::Database,
    objects::tree::{self, Mode},
};

/// The tree of a commit, for reading.
pub struct Revision<'s> {
    pub(in crate::store) store: &'s Store,
    pub(in crate::store) database: Database<'s>,
    pub(in crate::store) id: CommitId,
    pub(in crate::store) time: Timestamp,
    pub(in crate::store) tree: Oid,
}

impl Revision<'_> {
    /// Returns the commit.
    #[must_use]
    pub const fn id(&self) -> CommitId {
        self.id
    }

    /// Returns the store that it is read from.
    #[must_use]
    pub const fn store(&self) -> &Store {
        self.store
    }

    /// Returns when it was committed.
    #[must_use]
    pub const fn time(&self) -> Timestamp {
        self.time
    }

    /// Reads one record, if it is there.
    ///
    /// # Errors
    /// It is there and cannot be read.
    pub fn record(&self, place: &Place) -> Result<Option<Record>, Finding> {
        let Some((mode, id)) = self.find(&place.to_string())? else { return Ok(None) };
        let bytes = blob(self.database, place, mode, id)?;
        json::strict(place, &bytes).map(Some)
    }

    /// Returns the bytes of a record's file, readable or not; nothing if there is none.
    #[must_use]
    pub fn bytes(&self, place: &Place) -> Option<Vec<u8>> {
        let (mode, id) = self.find(&place.to_string()).ok()??;
        blob(self.database, place, mode, id).ok()
    }

    /// Returns the number after the highest that a member has or had, by looking at two folders.
    #[must_use]
    pub fn next_member_id(&self) -> MemberId {
        let highest = self.highest().map_or(0, MemberId::number);
        let kept = match self.record(&Place::Space) {
            Ok(Some(Record::Space(space))) => space.next_member.map_or(0, MemberId::number),
            _ => 0,
        };
        let highest = highest.max(kept.saturating_sub(1));
        // Beyond twelve digits there is none; the highest again is refused as taken.
        MemberId::new(highest + 1).or_else(|_| MemberId::new(MemberId::MAX)).expect("in range")
    }

    fn highest(&self) -> Option<MemberId> {
        let members = self.folder("members")?;
        let mut buckets: Vec<(u64, Oid)> = tree::entries(&members)
            .filter(|entry| entry.mode == Mode::Folder)
            .filter_map(|entry| Some((entry.text()?.parse().ok()?, entry.id)))
            .collect();
        buckets.sort_unstable();
        buckets.iter().rev().find_map(|(_, bucket)| {
            let bucket = self.database.read(*bucket).ok()?;
            let ids = tree::entries(&bucket).filter(|entry| entry.mode == Mode::Folder);
            ids.filter_map(|entry| entry.text()?.parse::<MemberId>().ok()).max()
        })
    }

    /// Finds a path; a tree that is missing from the database is a finding.
    pub(in crate::store) fn find(&self, path: &str) -> Result<Option<(Mode, Oid)>, Finding> {
        let found = self.store.trail().find(self.database, self.tree, path);
        found.map_err(|error| damaged(path, &error))
    }

    /// Reads the tree of a folder, if it is one.
    pub(in crate::store) fn folder(&self, path: &str) -> Option<Vec<u8>> {
        let (mode, id) = self.find(path).ok()??;
        if mode == Mode::Folder { Some(self.database.read(id).ok()?) } else { None }
    }
}

impl std::fmt::Debug for Revision<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Revision").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Reads a record of a known kind.
pub(in crate::store) fn read_as<T: DeserializeOwned>(
    database: Database<'_>,
    place: &Place,
    mode: Mode,
    id: Oid,
) -> Result<T, Finding> {
    json::parse(place, &blob(database, place, mode, id)?)
}

/// Reads the bytes of a record, unless they are none: a link, a folder, a film.
pub(in crate::store) fn blob(
    database: Database<'_>,
    path: impl std::fmt::Display,
    mode: Mode,
    id: Oid,
) -> Result<Vec<u8>, Finding> {
    plain(&path, mode)?;
    short(path, database.read_short(id, json::LONGEST))
}

/// Reports an object that is too long for a record, or damaged.
pub(in crate::store) fn short<T>(
    path: impl std::fmt::Display,
    read: Result<Option<T>, git2::Error>,
) -> Result<T, Finding> {
    read.map_err(|error| damaged(&path, &error))?.ok_or_else(|| json::too_long(path))
}

/// Refuses what is no plain file.
pub(in crate::store) fn plain(path: impl std::fmt::Display, mode: Mode) -> Result<(), Finding> {
    let message = match mode {
        Mode::File | Mode::Executable => return Ok(()),
        Mode::Link => "is a symbolic link; a record is a plain file",
        Mode::Module => "is a submodule; a record is a plain file",
        Mode::Folder => "is a folder; a record is a plain file",
    };
    Err(Finding::error(FindingCode::NoPlainFile, path, message))
}

/// Reports an object that the database has lost.
pub(in crate::store) fn damaged(path: impl std::fmt::Display, error: &git2::Error) -> Finding {
    let message = format!(
        "is damaged in the repository ({}); run git fsck, and fetch it from another clone",
        error.message()
    );
    Finding::error(FindingCode::Damaged, path, message)
}
