//! The file that remembers alarms, so that none is told again after a restart.

use std::{fs, io, path::PathBuf};

use crate::{disk::durable, domain::alarms::Board};

/// The file that remembers alarms.
pub(in crate::building) struct Memory(PathBuf);

impl Memory {
    pub(in crate::building) const fn new(path: PathBuf) -> Self {
        Self(path)
    }

    /// Reads it; what is missing or cannot be read is empty: an alarm is rather told twice.
    pub(in crate::building) fn read(&self) -> (Board, Option<String>) {
        let text = match fs::read(&self.0) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Default::default(),
            other => other,
        };
        let read = text
            .map_err(|error| error.to_string())
            .and_then(|text| serde_json::from_slice(&text).map_err(|error| error.to_string()));
        match read {
            Ok(board) => (board, None),
            Err(why) => (Board::default(), Some(format!("{}: {why}", self.0.display()))),
        }
    }

    /// Replaces it.
    pub(in crate::building) fn write(&self, board: &Board) -> io::Result<()> {
        let text = serde_json::to_vec(board)?;
        durable::replace(&self.0, &self.0.with_extension("new"), &text)
    }
}
