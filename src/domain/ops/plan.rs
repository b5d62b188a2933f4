//! A change, with notes for whoever requested it.

use crate::domain::model::{Change, Note};

/// What is to be written, and what to say about it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Plan {
    /// What is to be written.
    pub change: Change,
    /// What the person who asked should know; the change is made regardless.
    pub notes: Vec<Note>,
}

impl Plan {
    /// Adds a note for the person who asked.
    #[must_use]
    pub fn note(mut self, note: impl Into<Note>) -> Self {
        self.notes.push(note.into());
        self
    }
}

impl From<Change> for Plan {
    fn from(change: Change) -> Self {
        Self { change, notes: Vec::new() }
    }
}
