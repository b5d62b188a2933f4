//! One letter to one person, ready to be sent.

/// A letter, whatever carries it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Letter {
    /// The recipient: a name and an e-mail address.
    pub to: (String, String),
    /// The subject, one line.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
    /// Its permanent id: `0042.reminder.2026-03-01/1`. The same occasion always has the same id,
    /// so that a letter sent twice after a crash can be recognised.
    pub key: String,
}
