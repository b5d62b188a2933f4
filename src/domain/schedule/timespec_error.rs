//! Why a timespec cannot be used.

use std::fmt;

/// A sentence for the author of the timespec, and the line it is about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TimespecError {
    /// The line number in the original calendar text, counted from 1.
    pub line: Option<u32>,
    /// What is wrong, and what to write instead.
    pub message: String,
}

impl TimespecError {
    pub(super) fn at(line: u32, message: impl Into<String>) -> Self {
        Self { line: Some(line), message: message.into() }
    }

    pub(super) fn whole(message: impl Into<String>) -> Self {
        Self { line: None, message: message.into() }
    }
}

impl fmt::Display for TimespecError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        f.write_str(&self.message)
    }
}
