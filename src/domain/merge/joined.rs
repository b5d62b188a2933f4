//! The joined records while they are put together.

use crate::domain::{
    model::{Change, Edit, Note, Record, RecordPath},
    records::{Overlay, Records},
};

/// The joined records while they are put together.
pub(super) struct Joined<'a> {
    pub(super) base: &'a dyn Records,
    pub(super) ours: &'a Change,
    pub(super) theirs: &'a Change,
    /// Everything that differs from the base.
    pub(super) change: Change,
    pub(super) notes: Vec<Note>,
}

/// Returns what an edit writes.
pub(super) fn content(edit: &Edit) -> Option<&Record> {
    match edit {
        Edit::Put(record) => Some(record),
        Edit::Remove => None,
    }
}

impl Joined<'_> {
    /// Returns the records as they are joined so far.
    pub(super) fn records(&self) -> Overlay<'_> {
        Overlay::new(&self.change, self.base)
    }

    pub(super) fn put(&mut self, path: RecordPath, record: Record) {
        self.change.edits.insert(path, Edit::Put(Box::new(record)));
    }

    pub(super) fn remove(&mut self, path: RecordPath) {
        self.change.edits.insert(path, Edit::Remove);
    }

    pub(super) fn note(&mut self, text: String) {
        self.notes.push(text.into());
    }
}
