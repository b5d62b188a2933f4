//! Why a queue does not work, and for how long.

use std::{io, path::Path};

/// Why something could not be done with a queue.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum QueueError {
    /// This message, or this receipt, will never be accepted; others may be.
    #[error("{0}")]
    Refused(String),
    /// It does not work now, but may by itself later: the network is down, the other side is busy.
    #[error("{0}")]
    Later(String),
    /// It will not work until somebody changes something: the queue does not exist, we may not use
    /// it, the clock is wrong.
    #[error("{0}")]
    Broken(String),
}

impl QueueError {
    /// Tells whether the failure passes without anybody doing anything.
    #[must_use]
    pub const fn passes(&self) -> bool {
        matches!(self, Self::Later(_))
    }

    /// Turns an error of the system into one that names the file.
    pub(super) fn at(path: &Path, error: &io::Error) -> Self {
        use io::ErrorKind::{NotADirectory, PermissionDenied, ReadOnlyFilesystem};
        let why = format!("{}: {error}", path.display());
        match error.kind() {
            PermissionDenied | NotADirectory | ReadOnlyFilesystem => Self::Broken(why),
            _ => Self::Later(why),
        }
    }
}
