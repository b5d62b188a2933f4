//! What stands in for the socket where there are no Unix sockets.

use std::{io, path::Path};

use super::Asked;

/// A socket that cannot be opened here.
#[derive(Debug)]
pub struct Listener {
    _none: std::convert::Infallible,
}

impl Listener {
    /// Refuses.
    ///
    /// # Errors
    /// Always: this system has no Unix sockets.
    pub fn open(_: &Path, _: Option<&str>) -> io::Result<Self> {
        Err(io::Error::new(io::ErrorKind::Unsupported, "this system has no Unix sockets"))
    }

    /// Is never called, since nothing was opened.
    pub async fn next(&mut self) -> Option<Asked> {
        None
    }
}
