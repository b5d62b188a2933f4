//! Why the guard cannot work. Then heat is off.

use std::io;

use crate::domain::guard::Bound;

/// Why the guard cannot work.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum GuardError {
    /// A limit is out of range.
    #[error("the limit {} is not within {} to {}", .0.name, .0.least, .0.most)]
    Limits(Bound),
    /// The relay cannot be reached: a sentence.
    #[error("{0}")]
    Relay(String),
    /// The system refuses something that the program needs.
    #[error("the guard cannot start: {0}")]
    System(#[from] io::Error),
}
