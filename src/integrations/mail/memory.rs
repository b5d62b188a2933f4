//! Keeps letters in memory: for tests, and for previews.

use jiff::Timestamp;

use super::{MailError, Mailer, Sender, compose};
use crate::domain::notices::Letter;

/// The letters handed over, as the bytes that a server would have received.
#[derive(Debug)]
pub struct Memory {
    sender: Sender,
    /// In order of arrival.
    pub letters: Vec<(Letter, Vec<u8>)>,
}

impl Memory {
    /// Makes an empty one.
    #[must_use]
    pub const fn new(sender: Sender) -> Self {
        Self { sender, letters: Vec::new() }
    }
}

impl Mailer for Memory {
    fn probe(&mut self) -> Result<(), MailError> {
        Ok(())
    }

    fn send(&mut self, letter: &Letter, at: Timestamp) -> Result<(), MailError> {
        let message = compose(letter, &self.sender, at).map_err(MailError::Refused)?;
        self.letters.push((letter.clone(), message.formatted()));
        Ok(())
    }
}
