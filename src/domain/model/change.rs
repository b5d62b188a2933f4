//! What is to be written, before it becomes a commit.

use std::collections::BTreeMap;

use super::{Record, RecordPath, Subject};

/// Files to write, files to remove, and a message: one commit of the store.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Change {
    /// What was done, in one line: `member: add 0042`.
    pub subject: Subject,
    /// The same for machines, stored as the trailer `Space-Change`: `member.add 0042`.
    pub trailer: String,
    /// From how many members it takes access, as somebody has confirmed; see [`super::Brake`].
    pub confirmed: Option<usize>,
    /// What happens to each record.
    pub edits: BTreeMap<RecordPath, Edit>,
}

/// What happens to one record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Edit {
    /// It is written: added, or replaced.
    Put(Box<Record>),
    /// It is removed.
    Remove,
}

impl Change {
    /// Starts a change without any edits.
    #[must_use]
    pub fn new(subject: impl Into<Subject>, trailer: impl Into<String>) -> Self {
        Self {
            subject: subject.into(),
            trailer: trailer.into(),
            confirmed: None,
            edits: BTreeMap::new(),
        }
    }

    /// Adds a record to write.
    #[must_use]
    pub fn put(mut self, path: RecordPath, record: Record) -> Self {
        self.edits.insert(path, Edit::Put(Box::new(record)));
        self
    }

    /// Adds a record to remove.
    #[must_use]
    pub fn remove(mut self, path: RecordPath) -> Self {
        self.edits.insert(path, Edit::Remove);
        self
    }
}
