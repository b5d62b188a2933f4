//! Something that somebody should know, and what they can do about it.

use std::fmt;

use serde::Serialize;

use super::{Advice, advice};

/// A sentence for a person, with an optional next step.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Note {
    /// The information, a sentence without a full stop.
    pub text: String,
    /// What can be done about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advice: Option<Advice>,
}

impl Note {
    /// Makes a note with a next step.
    #[must_use]
    pub fn new(text: impl Into<String>, advice: impl Into<Advice>) -> Self {
        Self { text: text.into(), advice: Some(advice.into()) }
    }

    /// Returns text and advice as one sentence, in the words of a program.
    #[must_use]
    pub fn in_words(&self, words: impl FnOnce(&Advice) -> String) -> String {
        match &self.advice {
            Some(step) => advice::joined(&self.text, &words(step)),
            None => self.text.clone(),
        }
    }
}

impl From<String> for Note {
    fn from(text: String) -> Self {
        Self { text, advice: None }
    }
}

impl From<&str> for Note {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
