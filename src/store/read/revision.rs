//! The records of one commit, read from its tree.

use std::sync::OnceLock;

use git2::Oid;
use jiff::Timestamp;

use crate::domain::model::{CommitId, FORMAT, Finding, MemberId, Record, RecordPath};
use crate::store::{
    Store, json, newer,
    objects::{
        database::Database,
        record::{blob, damaged},
        tree::{Mode, Tree},
    },
    read::past::Past,
};

/// The tree of a commit, for reading.
pub struct Revision<'s> {
    pub(in crate::store) store: &'s Store,
    pub(in crate::store) database: Database<'s>,
    pub(in crate::store) id: CommitId,
    pub(in crate::store) time: Timestamp,
    pub(in crate::store) tree: Oid,
    /// The format of the data, once it was asked for.
    pub(in crate::store) format: OnceLock<u32>,
    pub(in crate::store) past: Past,
}

impl Revision<'_> {
    /// Returns the commit.
    #[must_use]
    pub const fn id(&self) -> CommitId {
        self.id
    }

    /// Returns the store that it belongs to.
    #[must_use]
    pub const fn store(&self) -> &Store {
        self.store
    }

    /// Returns when it was committed.
    #[must_use]
    pub const fn time(&self) -> Timestamp {
        self.time
    }

    /// Reads one record, if it exists.
    ///
    /// # Errors
    /// The record exists but cannot be read.
    pub fn record(&self, record_path: &RecordPath) -> Result<Option<Record>, Finding> {
        let Some((mode, id)) = self.find(&record_path.to_string())? else { return Ok(None) };
        let bytes = blob(self.database, record_path, mode, id)?;
        self.strict(record_path, &bytes).map(|(record, _)| Some(record))
    }

    /// Returns the format of the data according to `space.json`.
    #[must_use]
    pub fn format(&self) -> u32 {
        let stated = || newer::format_of(&self.bytes(&RecordPath::Space)?);
        *self.format.get_or_init(|| stated().unwrap_or_default())
    }

    /// Tells whether the data has a newer format than this program knows.
    #[must_use]
    pub fn is_newer(&self) -> bool {
        self.format() > FORMAT
    }

    /// Reads the bytes of a record, with a warning if a newer field was left out.
    pub(in crate::store) fn strict(
        &self,
        record_path: &RecordPath,
        bytes: &[u8],
    ) -> Result<(Record, Option<Finding>), Finding> {
        newer::read(
            record_path,
            bytes,
            || self.is_newer(),
            |bytes| json::strict(record_path, bytes),
        )
    }

    /// Reports that the data has a newer format, if so.
    pub(in crate::store) fn newer(&self) -> Option<Finding> {
        self.is_newer().then(|| newer::newer_format(self.format()))
    }

    /// Returns the bytes of a record's file, readable or not; `None` if it does not exist.
    #[must_use]
    pub fn bytes(&self, record_path: &RecordPath) -> Option<Vec<u8>> {
        let (mode, id) = self.find(&record_path.to_string()).ok()??;
        blob(self.database, record_path, mode, id).ok()
    }

    /// Returns the number after the highest that a member has or had, by looking at two folders.
    #[must_use]
    pub fn next_member_id(&self) -> MemberId {
        let highest = self.highest().map_or(0, MemberId::number);
        let kept = match self.record(&RecordPath::Space) {
            Ok(Some(Record::Space(space))) => space.next_member.map_or(0, MemberId::number),
            _ => 0,
        };
        let highest = highest.max(kept.saturating_sub(1));
        // Beyond twelve digits there is none; the highest number is then refused as taken.
        MemberId::new(highest + 1).or_else(|_| MemberId::new(MemberId::MAX)).expect("in range")
    }

    fn highest(&self) -> Option<MemberId> {
        let members = self.folder("members")?;
        let mut buckets: Vec<(u64, Oid)> = members
            .entries()
            .filter(|entry| entry.mode == Mode::Folder)
            .filter_map(|entry| Some((entry.text()?.parse().ok()?, entry.id)))
            .collect();
        buckets.sort_unstable();
        buckets.iter().rev().find_map(|(_, bucket)| {
            let bucket = self.database.tree(*bucket).ok()?;
            let ids = bucket.entries().filter(|entry| entry.mode == Mode::Folder);
            ids.filter_map(|entry| entry.text()?.parse::<MemberId>().ok()).max()
        })
    }

    /// Finds a path; a tree missing from the database is a finding.
    pub(in crate::store) fn find(&self, path: &str) -> Result<Option<(Mode, Oid)>, Finding> {
        let found = self.store.recent().find(self.database, self.tree, path);
        found.map_err(|torn| damaged(torn.path, &torn.damage))
    }

    /// Reads the tree of a folder, if it is one.
    pub(in crate::store) fn folder(&self, path: &str) -> Option<Tree> {
        let (mode, id) = self.find(path).ok()??;
        if mode == Mode::Folder { self.database.tree(id).ok() } else { None }
    }
}

impl Store {
    /// Tells whether two commits differ at a path; `.` is the top folder.
    pub(in crate::store) fn differ_at(&self, one: CommitId, other: CommitId, path: &str) -> bool {
        let path = if path == "." { "" } else { path };
        let at = |commit| self.find(self.tree_of(commit).ok()?, path).ok();
        at(one) != at(other)
    }
}

impl std::fmt::Debug for Revision<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Revision").field("id", &self.id).finish_non_exhaustive()
    }
}
