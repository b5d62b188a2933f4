//! What a running door can be asked: a Unix socket with one JSON object per line, each answered by
//! a line.
//!
//! Whoever may open the socket may open the doors, so its file is limited to one user or one
//! group.

mod ask;
#[cfg(not(unix))]
#[path = "no_socket.rs"]
mod listen;
#[cfg(unix)]
mod listen;
mod request;

pub use ask::{AskError, ask};
pub use listen::Listener;
pub use request::{Order, Request};

use tokio::sync::oneshot;

/// A request, and where its answer goes: one line of JSON without its line break.
#[derive(Debug)]
pub struct PendingRequest {
    /// The request.
    pub request: Request,
    /// The user of this machine who sent it, according to the system.
    pub user: String,
    /// Receives the answer.
    pub answer: oneshot::Sender<String>,
}
