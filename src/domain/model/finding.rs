//! One result of a check: what is wrong, where, and what to do.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::FindingCode;

use super::{Advice, advice};

/// How bad a finding is: an error keeps a change from being committed, a warning does not.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Must not be committed.
    Error,
    /// Is probably not what was meant.
    Warning,
}

/// One problem in the data. Findings sort by path, line and code.
#[derive(
    Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema,
)]
pub struct Finding {
    /// The file, relative to the top of the data folder.
    pub path: String,
    /// The line, counted from 1, where the finding has one.
    pub line: Option<u32>,
    /// The column in characters, counted from 1, where the finding has one.
    pub column: Option<u32>,
    /// The stable name of the check, for scripts: `duplicate-code`.
    pub code: FindingCode,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in words.
    pub message: String,
    /// What can be done about it, unless the message says so. Not serialised: each program adds it
    /// to the message in its own words.
    #[serde(skip)]
    pub advice: Option<Advice>,
}

impl Finding {
    /// Makes an error about a whole file.
    #[must_use]
    pub fn error(code: FindingCode, path: impl fmt::Display, message: impl Into<String>) -> Self {
        let (path, message) = (path.to_string(), message.into());
        let severity = Severity::Error;
        Self { path, line: None, column: None, code, severity, message, advice: None }
    }

    /// Makes a warning about a whole file.
    #[must_use]
    pub fn warning(code: FindingCode, path: impl fmt::Display, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, path, message) }
    }

    /// Sets the position in the file; line and column are counted from 1.
    #[must_use]
    pub fn at(mut self, line: u32, column: u32) -> Self {
        (self.line, self.column) = (Some(line), Some(column));
        self
    }

    /// Sets what can be done about it.
    #[must_use]
    pub fn advise(mut self, advice: impl Into<Option<Advice>>) -> Self {
        self.advice = advice.into();
        self
    }

    /// Returns the finding with its advice added to the message, in the words of a program.
    #[must_use]
    pub fn in_words(&self, words: impl FnOnce(&Advice) -> String) -> Self {
        let mut worded = self.clone();
        if let Some(step) = worded.advice.take() {
            worded.message = advice::joined(&worded.message, &words(&step));
        }
        worded
    }

    /// Tells whether this finding keeps a change from being committed.
    #[must_use]
    pub const fn is_error(&self) -> bool {
        matches!(self.severity, Severity::Error)
    }
}

impl fmt::Display for Finding {
    /// Writes `path:line:column: message [code]`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&super::text::shown(&self.path))?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if let Some(column) = self.column {
            write!(f, ":{column}")?;
        }
        write!(f, ": {} [{}]", self.message, self.code)
    }
}
