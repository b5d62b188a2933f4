//! What became of a backup.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Serialize;

use super::Verified;
use crate::domain::model::CommitId;

/// A bundle that was written.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct Bundled {
    /// The file.
    pub file: PathBuf,
    /// Its size in bytes.
    pub bytes: u64,
    /// The newest commit in it.
    pub commit: CommitId,
    /// How many members are in it.
    pub members: usize,
    /// How many files of journals, measurements and the like are in it.
    pub state: usize,
    /// The files of this machine's configuration that are in it.
    pub configuration: Vec<PathBuf>,
    /// The files of this machine's configuration that could not be read, and why.
    pub unreadable: Vec<String>,
    /// Files that have edits which are not committed, and so are not in it.
    pub uncommitted: Vec<String>,
}

/// A machine that was made from a bundle.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct Restored {
    /// The name of the space.
    pub space: String,
    /// When the bundle was made.
    pub made: jiff::Timestamp,
    /// The folder of the repository.
    pub dir: PathBuf,
    /// How many files of journals, measurements and the like came back.
    pub state: usize,
    /// The files of the configuration, as they are here.
    pub configuration: Vec<PathBuf>,
    /// What still has to be done by hand.
    pub notes: Vec<String>,
    /// What was found in it.
    pub verified: Verified,
}
