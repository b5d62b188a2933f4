//! Why a door cannot start.

use std::{io, path::PathBuf};

use crate::{domain::model::Advice, store::StoreError};

/// Why a door cannot start. Once it runs, only a signal ends it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DoorError {
    /// The repository or the key cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The simulator's socket cannot be opened.
    #[error("the socket {} cannot be opened: {source}", .path.display())]
    Socket {
        /// The path of the socket.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// The system refuses something that every program needs.
    #[error("the door cannot run here: {0}")]
    Runtime(io::Error),
}

impl DoorError {
    /// Returns what to do next, separate from the message.
    #[must_use]
    pub fn hint(&self) -> Option<Advice> {
        match self {
            Self::Store(error) => error.hint(),
            Self::Socket { source, .. } if source.kind() == io::ErrorKind::AddrInUse => {
                Some("stop the other door, or choose another socket".into())
            }
            _ => None,
        }
    }
}
