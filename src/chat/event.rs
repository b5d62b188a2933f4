//! What the program tells: lines of its log.

use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    domain::model::{CommitId, Slug},
    service::LogEvent,
};

/// Something that whoever runs the program may want to know. There is nothing personal in it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    /// The program runs.
    Started {
        /// How many chats there are.
        chats: usize,
    },
    /// These records are in force.
    InForce {
        /// Their commit.
        commit: CommitId,
        /// How many channels there are.
        channels: usize,
    },
    /// Something was posted.
    Posted {
        /// The chat.
        chat: Slug,
        /// The channel, or that it is one person alone.
        place: String,
    },
    /// Something was not posted, and never will be.
    GivenUp {
        /// The chat.
        chat: Slug,
        /// The channel, or that it is one person alone.
        place: String,
        /// Why.
        words: String,
    },
    /// The line for commands is open.
    Listening {
        /// The chat.
        chat: Slug,
    },
    /// A command was answered.
    Answered {
        /// The chat.
        chat: Slug,
        /// Its first word.
        command: String,
    },
    /// Something does not work.
    Trouble {
        /// What, and why.
        words: String,
    },
    /// It works again.
    Works {
        /// What.
        what: String,
    },
    /// The program ends.
    Stopped,
}

impl LogEvent for Event {
    fn gravity(&self) -> u8 {
        match self {
            Self::Trouble { .. } | Self::GivenUp { .. } => 4,
            _ => 6,
        }
    }
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Started { chats } => write!(f, "{chats} chats"),
            Self::InForce { commit, channels } => {
                write!(f, "commit {}: {channels} channels", commit.short())
            }
            Self::Posted { chat, place } => write!(f, "{chat}: posted to {place}"),
            Self::GivenUp { chat, place, words } => {
                write!(f, "{chat}: not posted to {place}: {words}")
            }
            Self::Listening { chat } => write!(f, "{chat}: listens to commands"),
            Self::Answered { chat, command } => write!(f, "{chat}: answered `{command}`"),
            Self::Trouble { words } => f.write_str(words),
            Self::Works { what } => write!(f, "{what}: works again"),
            Self::Stopped => f.write_str("stopped"),
        }
    }
}
