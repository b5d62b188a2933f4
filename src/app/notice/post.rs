//! Where letters go.

use std::time::Duration;

use crate::integrations::mail::Mailer;

/// What letters are handed to, and where they go in words.
pub struct Post {
    /// What takes them.
    pub mailer: Box<dyn Mailer>,
    /// Where they go, in words.
    pub to: String,
    /// How much time a server wants between two letters.
    pub pause: Duration,
}
