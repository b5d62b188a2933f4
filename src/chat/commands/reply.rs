//! What is answered to a command or a press.

use crate::{app::AppError, integrations::chat::Button};

/// What is answered.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Reply {
    /// The text.
    pub text: String,
    /// What may be pressed below it.
    pub buttons: Vec<Button>,
}

impl From<String> for Reply {
    fn from(text: String) -> Self {
        Self { text, buttons: Vec::new() }
    }
}

/// An answer, and what it was an answer to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Said {
    /// The text.
    pub text: String,
    /// What may be pressed below it.
    pub buttons: Vec<Button>,
    /// The command's first word, for the log.
    pub command: String,
}

impl Said {
    /// Takes what came of a command; what was refused is said in a sentence.
    pub(super) fn of(reply: Result<Reply, AppError>, command: String) -> Self {
        let refused = |error: AppError| Reply::from(format!("Sorry: {}.", error.message));
        let Reply { text, buttons } = reply.unwrap_or_else(refused);
        Self { text, buttons, command }
    }
}
