//! Why an object of the repository cannot be used.

use std::{fmt, path::PathBuf};

/// Why an object cannot be used.
#[derive(Debug)]
pub(in crate::store) enum Damage {
    /// The database does not have it, or only a part of it: it may be on its way.
    Lost(git2::Error),
    /// The file that holds it is damaged.
    Broken {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// It exists, but is not as git would have written it, and never will be.
    Odd(String),
}

/// A folder that cannot be read.
#[derive(Debug)]
pub(in crate::store) struct DamagedFolder {
    /// Its path from the top.
    pub(in crate::store) path: String,
    /// Whether it belongs to the newer of two compared trees.
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
            Self::Broken { path, why } => write!(f, "{}: {why}", path.display()),
            Self::Odd(why) => f.write_str(why),
        }
    }
}
