//! What somebody may press below a text, and what is said to whoever did.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A button below a text.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Button {
    /// What it says.
    pub label: String,
    /// What comes back if it is pressed. It gives nobody any right: whoever pressed is looked at anew.
    pub value: String,
}

impl Button {
    /// Makes one.
    #[must_use]
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), value: value.into() }
    }
}

/// An answer that only whoever asked sees.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Answer {
    /// The text; nothing in it is markup.
    pub text: String,
    /// What may be pressed below it.
    pub buttons: Vec<Button>,
    /// Whether it takes the place of the text whose button was pressed, so that nobody presses it again.
    pub instead: bool,
}
