//! Where mail goes.

use std::time::Duration;

use crate::integrations::mail::Mailer;

/// What sends mail, and where to.
pub struct Post {
    /// What sends the mail.
    pub mailer: Box<dyn Mailer>,
    /// Where the mail goes, in words.
    pub to: String,
    /// The pause that the server wants between two mails.
    pub pause: Duration,
}
