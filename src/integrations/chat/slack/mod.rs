//! Slack, by its Web API and Socket Mode (docs.slack.dev), and whatever speaks like it.

mod blocks;
mod connection;
mod envelope;
mod escape;
mod objects;
mod posting;
mod rooms;
mod socket;

use std::collections::HashMap;

pub use envelope::Heard;
pub use socket::{Listening, answer, listen};

use self::connection::Connection;
use super::{ChatError, ChatOptions, Room};

/// A workspace of Slack.
pub(super) struct Slack {
    connection: Connection,
    /// The channels, once they were asked for.
    rooms: Vec<Room>,
    /// The channels in which somebody is written to alone, by account.
    alone: HashMap<String, String>,
}

impl Slack {
    pub(super) fn new(options: ChatOptions) -> Result<Self, ChatError> {
        Ok(Self { connection: Connection::new(options)?, rooms: Vec::new(), alone: HashMap::new() })
    }
}
