//! What one message changes, or why it cannot.

use crate::domain::model::{Change, Note};

/// What one message changes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Step {
    /// What is written; besides records, what has to be remembered.
    pub(super) change: Change,
    /// What the diagnostic log should say.
    pub(super) notes: Vec<Note>,
    /// Why nothing but the memory changes, if that is so.
    pub(super) unchanged: Option<String>,
}

/// Why a message cannot be applied to the records as they are.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Obstacle {
    /// It never can.
    Invalid(String),
    /// It contradicts the records, unless an earlier message is still under way.
    Contradiction(String),
    /// A record that it needs cannot be read.
    Unreadable(String),
}

/// What becomes of a request.
pub(super) type Judged = Result<Step, Obstacle>;

impl Step {
    /// Makes a step that changes records.
    pub(super) const fn changing(change: Change) -> Self {
        Self { change, notes: Vec::new(), unchanged: None }
    }

    /// Makes a step that changes nothing but the memory.
    pub(super) fn unchanged(why: impl Into<String>, change: Change) -> Self {
        Self { change, notes: Vec::new(), unchanged: Some(why.into()) }
    }
}
