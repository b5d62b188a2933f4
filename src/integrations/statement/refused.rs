//! Why a file cannot be read as a statement, and what helps.

use crate::domain::model::Slug;

/// Why a file is refused.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refused {
    /// A sentence without a full stop that names the file.
    pub message: String,
    /// What helps.
    pub remedy: Remedy,
}

/// What helps where a file cannot be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Remedy {
    /// Export the statement in another format; the message says which.
    Export,
    /// Describe the columns of the bank's tables.
    DescribeColumns,
    /// Choose one of several profiles that fit.
    Choose(Vec<Slug>),
    /// Correct the profile, or choose another.
    CorrectProfile,
    /// Correct the form of days in the profile, or say that it is right.
    TrustDays,
}

impl Refused {
    pub(super) fn new(message: impl Into<String>, remedy: Remedy) -> Self {
        Self { message: message.into(), remedy }
    }

    pub(super) fn export(message: impl Into<String>) -> Self {
        Self::new(message, Remedy::Export)
    }

    /// Puts something in front of the sentence.
    pub(super) fn prefixed(self, prefix: &str) -> Self {
        Self { message: format!("{prefix}{}", self.message), ..self }
    }
}
