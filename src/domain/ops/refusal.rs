//! Why a verb does nothing.

use std::fmt;

use crate::domain::model::Advice;

/// The obstacle, and what would help.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refusal {
    /// The obstacle, in one sentence.
    pub message: String,
    /// What to do instead.
    pub advice: Option<Advice>,
    /// Whether there is nothing to do, because what was asked for is so already.
    pub unchanged: bool,
}

impl Refusal {
    /// Makes a refusal from its message.
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), advice: None, unchanged: false }
    }

    /// Says that what was asked for is so already; `message` goes on from "nothing to do: ".
    #[must_use]
    pub fn unchanged(message: impl fmt::Display) -> Self {
        let message = format!("nothing to do: {message}");
        Self { unchanged: true, ..Self::new(message) }
    }

    /// Adds what to do instead.
    #[must_use]
    pub fn hint(mut self, advice: impl Into<Advice>) -> Self {
        self.advice = Some(advice.into());
        self
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Refusal {}
