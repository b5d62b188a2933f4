//! A reading that came through the socket.

use tokio::sync::oneshot;

use super::Scan;

/// A reading, and where its answer goes: one line of JSON without its end.
#[derive(Debug)]
pub struct Asked {
    /// What was read.
    pub scan: Scan,
    /// Takes the answer.
    pub answer: oneshot::Sender<String>,
}
