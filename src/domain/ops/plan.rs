//! A change, and what whoever asked for it should know.

use crate::domain::model::Change;

/// What is to be written, and what to say about it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Plan {
    /// What is to be written.
    pub change: Change,
    /// Whole sentences for the person who asked; the change is made all the same.
    pub notes: Vec<String>,
}

impl Plan {
    /// Adds a sentence for the person who asked.
    #[must_use]
    pub fn note(mut self, sentence: impl Into<String>) -> Self {
        self.notes.push(sentence.into());
        self
    }
}

impl From<Change> for Plan {
    fn from(change: Change) -> Self {
        Self { change, notes: Vec::new() }
    }
}
