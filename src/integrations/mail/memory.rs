//! Keeps letters in memory: for tests, and for seeing what would be sent.

use jiff::Timestamp;

use super::{MailError, Mailer, Sender, compose};
use crate::domain::notices::Letter;

/// Letters that were handed over, as the bytes that a server would have got.
#[derive(Debug)]
pub struct Memory {
    sender: Sender,
    /// In the order in which they came.
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
    fn call(&mut self) -> Result<(), MailError> {
        Ok(())
    }

    fn send(&mut self, letter: &Letter, at: Timestamp) -> Result<(), MailError> {
        let message = compose(letter, &self.sender, at).map_err(MailError::Refused)?;
        self.letters.push((letter.clone(), message.formatted()));
        Ok(())
    }
}
