//! One field, two values: a question for a person.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A field that two sides changed to different values.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Question {
    /// The path of the record.
    pub path: String,
    /// The field, with dots between its parts; empty for the whole record.
    pub field: String,
    /// The value on our side; `None` if it is not there.
    pub ours: Option<Value>,
    /// The value on the other side; `None` if it is not there.
    pub theirs: Option<Value>,
    /// Whether ours stands until somebody answers.
    pub ours_stands: bool,
}
