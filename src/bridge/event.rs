//! What a bridge tells: lines of its log.

use std::fmt;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use crate::{domain::model::CommitId, service::LogEvent};

/// Something that whoever runs the bridge may want to know.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    /// The bridge runs.
    Started {
        /// What messages go through.
        place: String,
    },
    /// Activities from this moment on are sent: this is the first time that this bridge runs.
    Since {
        /// The moment.
        since: Timestamp,
    },
    /// A message changed records.
    Applied {
        /// Its id.
        message: String,
        /// What it changed.
        words: String,
        /// The commit, unless it was there before.
        commit: Option<CommitId>,
    },
    /// A message was valid and there was nothing to change.
    Unchanged {
        /// Its id.
        message: String,
        /// Why not.
        words: String,
    },
    /// A message stays in the queue, because it is for somebody else.
    Left {
        /// Its id.
        message: String,
        /// Why.
        words: String,
    },
    /// A message stays in the queue, because it cannot be applied yet.
    Waits {
        /// Its id.
        message: String,
        /// Why not.
        words: String,
    },
    /// A message was not valid, and was deleted.
    Invalid {
        /// Its id.
        message: String,
        /// What is wrong with it.
        words: String,
        /// Its text, with codes masked.
        text: String,
    },
    /// Activities were sent.
    Sent {
        /// Their number.
        count: usize,
        /// How many still wait, if that was counted.
        left: Option<u64>,
    },
    /// An activity can never be sent.
    NotSent {
        /// Its id.
        activity: String,
        /// Why not.
        words: String,
    },
    /// One of the directions does not work.
    Trouble {
        /// Which one.
        direction: &'static str,
        /// Why not.
        words: String,
    },
    /// It works again.
    Works {
        /// Which one.
        direction: &'static str,
    },
    /// Something else.
    Note {
        /// What it is.
        words: String,
    },
    /// The bridge ends.
    Stopped,
}

/// The words for messages that come in.
pub(super) const RECEIVING: &str = "receiving";
/// The words for activities that go out.
pub(super) const SENDING: &str = "sending";

impl LogEvent for Event {
    fn gravity(&self) -> u8 {
        match self {
            Self::Invalid { .. } | Self::NotSent { .. } | Self::Trouble { .. } => 4,
            Self::Left { .. } | Self::Waits { .. } => 5,
            _ => 6,
        }
    }
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Started { place } => write!(f, "messages go through {place}"),
            Self::Since { since } => write!(
                f,
                "this bridge is new: activities from {since:.0} on are sent, and none before"
            ),
            Self::Applied { message, words, commit } => {
                write!(f, "message {message}: {words}")?;
                match commit {
                    Some(commit) => write!(f, " (commit {})", commit.short()),
                    None => Ok(()),
                }
            }
            Self::Unchanged { message, words } => {
                write!(f, "message {message} changes nothing: {words}")
            }
            Self::Left { message, words } => {
                write!(f, "message {message} is left in the queue: {words}")
            }
            Self::Waits { message, words } => {
                write!(f, "message {message} waits in the queue: {words}")
            }
            Self::Invalid { message, words, text } => {
                write!(f, "message {message} is not valid and was deleted: {words}: {text}")
            }
            Self::Sent { count, left } => {
                let noun = if *count == 1 { "activity" } else { "activities" };
                write!(f, "sent {count} {noun}")?;
                match left {
                    Some(left) => write!(f, "; {left} wait"),
                    None => Ok(()),
                }
            }
            Self::NotSent { activity, words } => {
                write!(f, "activity {activity} cannot be sent and is only in the journal: {words}")
            }
            Self::Trouble { direction, words } => write!(f, "{direction} does not work: {words}"),
            Self::Works { direction } => write!(f, "{direction} works again"),
            Self::Note { words } => f.write_str(words),
            Self::Stopped => f.write_str("stopped"),
        }
    }
}
