//! The lines for commands that are open.

use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedSender;

/// The lines that are open.
#[derive(Debug, Default)]
pub(super) struct Sockets(Vec<UnboundedSender<String>>);

impl Sockets {
    /// Keeps a line.
    pub(super) fn add(&mut self, line: UnboundedSender<String>) {
        self.0.retain(|it| !it.is_closed());
        self.0.push(line);
    }

    /// Ends all lines; whatever comes next waits for a new one.
    pub(super) fn hang_up(&mut self) {
        let farewell = json!({ "type": "disconnect", "reason": "refresh_requested" });
        for line in std::mem::take(&mut self.0) {
            let _ = line.send(farewell.to_string()); // it may have ended
        }
    }

    /// Sends to one of the lines; returns whether there is one.
    pub(super) fn send(&self, envelope: &Value) -> bool {
        self.0.iter().rev().any(|it| it.send(envelope.to_string()).is_ok())
    }
}
