//! How a journal is doing, for whoever asks.

use jiff::Timestamp;
use serde::Serialize;

/// How a journal is doing.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct State {
    /// How many activities are in memory only: a killed process would lose them.
    pub pending: usize,
    /// How many are not known to be on the disk, those in memory included: a power cut could lose
    /// them.
    pub unflushed: u64,
    /// How many were given up since the journal was opened, since too many were in memory.
    pub dropped: u64,
    /// How many bytes of lines were written since the journal was opened.
    pub bytes: u64,
    /// Why it cannot be written now, if it cannot.
    pub trouble: Option<Trouble>,
}

/// Why a journal cannot be written.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Trouble {
    /// What the system said, in words.
    pub words: String,
    /// When the first activity happened that could not be written.
    pub since: Timestamp,
}
