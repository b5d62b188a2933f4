//! The interface between typing and the keyboard.

use std::{future::Future, io};

/// A keyboard that may be plugged in.
pub trait Port: Send {
    /// A keyboard that is plugged in, for exclusive use.
    type Keys: Keys;

    /// Looks for the keyboard and opens it. Returns a description and the keyboard.
    ///
    /// # Errors
    /// It is missing or not available: a sentence with the reason and what to do.
    fn open(&mut self) -> Result<(String, Self::Keys), String>;
}

/// The keys of one keyboard, until it is unplugged.
pub trait Keys: Send {
    /// Waits for the next key press, and returns its code (`linux/input-event-codes.h`).
    /// Cancelling loses no key.
    ///
    /// # Errors
    /// It was unplugged.
    fn next(&mut self) -> impl Future<Output = io::Result<u16>> + Send;
}
