//! One message to one person, in words and ready to be sent.

/// A message, whatever carries it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Letter {
    /// Whom it is for: a name, and an e-mail address.
    pub to: (String, String),
    /// The line above it; one line.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The same for programs that show HTML.
    pub html: String,
    /// What it is known by for ever: `0042.reminder.2026-03-01/1`. The same occasion has the same,
    /// so that a letter which is sent twice after a crash is seen to be one.
    pub key: String,
}
