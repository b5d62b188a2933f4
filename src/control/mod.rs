//! What one may ask a running door: a Unix socket, a JSON object a line, each answered by a line.
//!
//! Whoever may open the socket may open the doors, so its file is for one user, or one group.

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

/// Something that was asked, and where its answer goes: one line of JSON without its end.
#[derive(Debug)]
pub struct Asked {
    /// What.
    pub request: Request,
    /// By which user of this machine, as the system knows them.
    pub user: String,
    /// Takes the answer.
    pub answer: oneshot::Sender<String>,
}
