//! Sends letters: by SMTP, into a folder, or into memory.

#[cfg(feature = "mail")]
mod folder;
#[cfg(feature = "mail")]
mod memory;
#[cfg(feature = "mail")]
mod mime;
#[cfg(feature = "mail")]
mod smtp;

#[cfg(feature = "mail")]
pub use self::{
    folder::Folder,
    memory::Memory,
    mime::{Sender, compose},
    smtp::{Smtp, SmtpOptions, Tls},
};

use jiff::Timestamp;

use crate::domain::notices::Letter;

/// Something that takes letters.
pub trait Mailer {
    /// Finds out whether letters would be taken now, without handing any over.
    ///
    /// # Errors
    /// Why not.
    fn call(&mut self) -> Result<(), MailError>;

    /// Hands a letter over; `at` is the moment that it bears.
    ///
    /// # Errors
    /// Why it was not taken; then nothing of it was.
    fn send(&mut self, letter: &Letter, at: Timestamp) -> Result<(), MailError>;
}

/// Why a letter was not taken. No message has a whole address in it.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum MailError {
    /// This letter will never be taken; others may be.
    #[error("{0}")]
    Refused(String),
    /// This letter was not taken now; others may be, and it may be later.
    #[error("{0}")]
    Later(String),
    /// No letter is taken now.
    #[error("{0}")]
    Down(String),
}
