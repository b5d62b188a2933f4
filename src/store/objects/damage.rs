//! Why an object of the repository cannot be used.

use std::fmt;

/// Why an object cannot be used.
#[derive(Debug)]
pub(in crate::store) enum Damage {
    /// The database does not have it, or not whole: it may be on its way.
    Lost(git2::Error),
    /// It is there and not as git would have written it, nor will it ever be.
    Odd(String),
}

/// A folder that cannot be read.
#[derive(Debug)]
pub(in crate::store) struct Torn {
    /// Its path from the top.
    pub(in crate::store) path: String,
    /// Whether it is of the newer of two trees that are compared.
    pub(in crate::store) newer: bool,
    pub(in crate::store) damage: Damage,
}

impl From<git2::Error> for Damage {
    fn from(error: git2::Error) -> Self {
        Self::Lost(error)
    }
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lost(error) => f.write_str(error.message()),
            Self::Odd(why) => f.write_str(why),
        }
    }
}
