//! Looks at a bridge from outside: whether it runs, what it does, and what waits.

use std::path::Path;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use super::{BridgeStatus, KIND, Sender, StatusFile, is_sent};
use crate::{
    app::{AppError, queue},
    config::BridgeConfig,
    store::{
        Store,
        journal::{Backlog, WaitingCount},
    },
};

/// What can be seen of a bridge.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct Inspection {
    /// The process that runs, if one does.
    pub process: Option<String>,
    /// What messages go through.
    pub place: String,
    /// Why the queue cannot be reached; only tested if no process runs.
    pub unreachable: Option<String>,
    /// The state of the process, or of the last one.
    pub status: Option<BridgeStatus>,
    /// The activities that wait, if any were ever sent.
    pub waiting: Option<WaitingCount>,
    /// From when on activities are sent.
    pub since: Option<Timestamp>,
}

/// Looks at the bridge of a repository, and tries to reach its queue if it does not run.
///
/// # Errors
/// The settings of the queue, the cursor or a journal cannot be read.
pub fn inspect(
    store: &Store,
    config: &BridgeConfig,
    journal: &Path,
) -> Result<Inspection, AppError> {
    let queue = queue::open(config, store)?;
    let process = store.sole_holder(KIND);
    let reached = if process.is_some() { Ok(()) } else { queue.probe() };
    let path = StatusFile::path(config.status.as_deref(), store);
    let backlog = Backlog::look(&Sender::cursor(store), journal)?.filter(|_| config.send);
    Ok(Inspection {
        process,
        place: queue.place(),
        unreachable: reached.err().map(|error| error.to_string()),
        status: StatusFile::read(&path),
        since: backlog.as_ref().map(Backlog::since),
        waiting: backlog.map(|it| it.count(is_sent)).transpose()?,
    })
}
