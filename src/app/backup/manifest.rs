//! What a bundle says of itself, and the names of what is in it.

use std::path::PathBuf;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::model::CommitId;

/// The newest layout of bundles that this program knows.
pub(super) const FORMAT: u32 = 1;

/// The first file of a bundle: the [`Manifest`].
pub(super) const MANIFEST: &str = "bundle.json";
/// The records with their history, for `git clone`.
pub(super) const RECORDS: &str = "records.bundle";
/// The key that codes are hashed with.
pub(super) const KEY: &str = "key";
/// The folder of what lies beside the history.
pub(super) const STATE: &str = "state";
/// The folder of the journals, if they are kept in another place than beside the history.
pub(super) const JOURNAL: &str = "journal";
/// The folder of the measurements, likewise.
pub(super) const MEASUREMENTS: &str = "measurements";
/// The folder of this machine's own files, each under its whole path.
pub(super) const MACHINE: &str = "machine";

/// What a bundle says of itself.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub(super) struct Manifest {
    /// The layout of the bundle.
    pub(super) format: u32,
    /// The version of the program that made it.
    pub(super) program: String,
    /// When it was made.
    pub(super) made: Timestamp,
    /// The name of the space.
    pub(super) space: String,
    /// The newest commit.
    pub(super) commit: CommitId,
    /// The branch of the space.
    pub(super) branch: String,
    /// Whether the repository had no checked-out files.
    pub(super) bare: bool,
    /// Where the repository was.
    pub(super) repository: PathBuf,
    /// The names of the user and group whose repository it was.
    pub(super) owner: [String; 2],
    /// Where the journals were, if not beside the history.
    pub(super) journal: Option<PathBuf>,
    /// Where the measurements were, if not beside the history.
    pub(super) measurements: Option<PathBuf>,
    /// The mirror that the repository took its commits from.
    pub(super) mirror: Option<Mirror>,
    /// The settings of the repository.
    pub(super) settings: Vec<(String, String)>,
}

/// A mirror on the same machine, which another user fetches into.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub(super) struct Mirror {
    /// Where it was.
    pub(super) path: PathBuf,
    /// What it was a mirror of.
    pub(super) url: String,
    /// The names of its user and group.
    pub(super) owner: [String; 2],
}
