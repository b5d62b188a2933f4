//! Why a sealed file cannot be written or opened.

use std::{io, path::PathBuf};

/// Why a sealed file cannot be written or opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SealedError {
    /// It is another kind of file.
    #[error("{} is not sealed by a passphrase", .0.display())]
    NotSealed(PathBuf),
    /// The passphrase is another one.
    #[error("the passphrase does not open {}", .0.display())]
    WrongPassphrase(PathBuf),
    /// It was cut short or changed.
    #[error("{} is damaged: {why}", .path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What shows it.
        why: String,
    },
    /// There is a file already.
    #[error("{} already exists", .0.display())]
    Exists(PathBuf),
    /// The system reported an error.
    #[error("{}: {source}", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
}
