//! Answers: a status and an object.

use serde_json::Value;

/// An answer.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Answered {
    pub(super) status: u16,
    pub(super) object: Value,
}

/// Answers with an object.
pub(super) fn good(object: Value) -> Answered {
    Answered { status: 200, object }
}
