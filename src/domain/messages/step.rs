//! What one message changes, or why it cannot.

use crate::domain::model::{Change, Note};

/// What one message changes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Step {
    /// What is written; besides records, what has to be remembered.
    pub(super) change: Change,
    /// What the diagnostic log should say.
    pub(super) notes: Vec<Note>,
    /// Whether anything but the memory changes.
    pub(super) effect: Effect,
}

/// Whether a message changes anything but the memory.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Effect {
    /// It changes records.
    Changes,
    /// It does not, for this reason.
    Nothing(String),
    /// It is not valid, for this reason, and yet has to be remembered.
    Refused(String),
}

/// Why a message cannot be applied to the records as they are.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Obstacle {
    /// It never can.
    Invalid(String),
    /// It contradicts the records, unless an earlier message is still under way.
    Contradiction(String),
    /// A record that it needs cannot be read, or there is no room for it.
    Unready(String),
}

/// What becomes of a request.
pub(super) type Judged = Result<Step, Obstacle>;

impl Step {
    /// Makes a step that changes records.
    pub(super) const fn changing(change: Change) -> Self {
        Self { change, notes: Vec::new(), effect: Effect::Changes }
    }

    /// Makes a step that changes nothing but the memory.
    pub(super) fn unchanged(why: impl Into<String>, change: Change) -> Self {
        Self { change, notes: Vec::new(), effect: Effect::Nothing(why.into()) }
    }

    /// Makes a step that refuses a message and remembers it.
    pub(super) const fn refused(why: String, change: Change) -> Self {
        Self { change, notes: Vec::new(), effect: Effect::Refused(why) }
    }
}
