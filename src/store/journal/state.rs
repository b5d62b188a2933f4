//! The state of a journal.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

/// The state of a journal.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, JsonSchema)]
pub struct JournalState {
    /// The number of activities only in memory: a killed process would lose them.
    pub pending: usize,
    /// The number of activities not known to be on the disk, including those in memory: a power
    /// cut could lose them.
    pub unflushed: u64,
    /// The number dropped since the journal was opened, because too many were in memory.
    pub dropped: u64,
    /// The number of bytes written since the journal was opened.
    pub bytes: u64,
    /// Why it cannot be written now, if so.
    pub trouble: Option<JournalTrouble>,
}

/// Why a journal cannot be written.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct JournalTrouble {
    /// The system's error, in words.
    pub words: String,
    /// The time of the first activity that could not be written.
    pub since: Timestamp,
}
