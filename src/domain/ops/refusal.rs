//! Why a verb does nothing.

use std::fmt;

/// What is in the way, and what would help.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refusal {
    /// What is in the way, in one sentence.
    pub message: String,
    /// What to do instead, in one sentence.
    pub hint: Option<String>,
}

impl Refusal {
    /// Says what is in the way.
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), hint: None }
    }

    /// Says what to do instead.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Refusal {}
