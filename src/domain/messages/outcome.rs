//! What became of a message.

use std::fmt;

use crate::domain::model::{Note, Subject, text};

/// What became of one message.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// It changes records.
    Applied {
        /// What it changes, in one line.
        subject: Subject,
        /// What the diagnostic log should say besides.
        notes: Vec<Note>,
    },
    /// It is valid, and the records already agree with it, or a later message counts instead. The
    /// change may still contain a note of it, for messages that arrive out of order.
    Unchanged(String),
    /// It is for somebody else and has to stay in the queue, visible to others at once.
    Left(String),
    /// It cannot be applied yet and has to stay in the queue.
    Waits(String),
    /// It is not valid, is to be deleted, and belongs in the diagnostic log.
    Invalid {
        /// What is wrong with it.
        reason: String,
        /// Its text for the log, with codes masked.
        text: String,
    },
}

impl Outcome {
    /// Returns the stable name: `applied`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Applied { .. } => "applied",
            Self::Unchanged(_) => "unchanged",
            Self::Left(_) => "left",
            Self::Waits(_) => "waits",
            Self::Invalid { .. } => "invalid",
        }
    }

    /// Tells whether the message is to be deleted from the queue, once the change is durable.
    #[must_use]
    pub const fn is_done(&self) -> bool {
        !matches!(self, Self::Left(_) | Self::Waits(_))
    }
}

impl fmt::Display for Outcome {
    /// Writes one line without a secret in it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Applied { subject, .. } => write!(f, "applied: {}", one_line(subject.as_str())),
            Self::Unchanged(why) => write!(f, "nothing to change: {}", one_line(why)),
            Self::Left(why) => write!(f, "left in the queue: {}", one_line(why)),
            Self::Waits(why) => write!(f, "waits in the queue: {}", one_line(why)),
            Self::Invalid { reason, .. } => write!(f, "invalid: {}", one_line(reason)),
        }
    }
}

fn one_line(said: &str) -> String {
    said.replace(text::is_control, " ")
}
