//! The seam between what is typed and the keyboard that it is typed on.

use std::{future::Future, io};

/// A keyboard that may be plugged in.
pub trait Port: Send {
    /// A keyboard that is plugged in, and nobody else's.
    type Keys: Keys;

    /// Looks for the keyboard and takes it. Returns what it is, in words, and the keyboard.
    ///
    /// # Errors
    /// It is not there, or cannot be had: a sentence on why and what to do.
    fn open(&mut self) -> Result<(String, Self::Keys), String>;
}

/// The keys of one keyboard, until it is unplugged.
pub trait Keys: Send {
    /// Waits for the next key that is pressed, and returns its code (`linux/input-event-codes.h`).
    /// Whoever stops waiting loses no key.
    ///
    /// # Errors
    /// It was unplugged.
    fn next(&mut self) -> impl Future<Output = io::Result<u16>> + Send;
}
