//! Sends letters: by SMTP, into a folder, or into memory.

#[cfg(feature = "mail")]
mod folder;
mod kept;
#[cfg(feature = "mail")]
mod memory;
#[cfg(feature = "mail")]
mod mime;
#[cfg(feature = "mail")]
mod smtp;
#[cfg(feature = "mail")]
mod transparent;

pub use kept::KeptLetter;

#[cfg(feature = "mail")]
pub use self::{
    folder::Folder,
    memory::Memory,
    mime::{Sender, compose},
    smtp::{Smtp, SmtpOptions, Tls},
};

use jiff::Timestamp;

use crate::domain::notices::Letter;

/// Something that sends letters.
pub trait Mailer {
    /// Tests whether letters would be accepted now, without sending any.
    ///
    /// # Errors
    /// The reason why not.
    fn probe(&mut self) -> Result<(), MailError>;

    /// Hands over a letter; `at` is its date.
    ///
    /// # Errors
    /// Why it was not accepted; then no part of it was sent.
    fn send(&mut self, letter: &Letter, at: Timestamp) -> Result<(), MailError>;
}

/// Why a letter was not accepted. No message contains a complete address.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum MailError {
    /// This letter will never be accepted; others may be.
    #[error("{0}")]
    Refused(String),
    /// This letter was not accepted now, but may be later; others may be now.
    #[error("{0}")]
    Later(String),
    /// No letters are accepted now.
    #[error("{0}")]
    Down(String),
}
