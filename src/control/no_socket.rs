//! Replaces the socket on systems without Unix sockets.

use std::{io, path::Path};

use super::PendingRequest;

/// A socket that cannot be opened.
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

    /// Never called, because no socket can be opened.
    pub async fn next(&mut self) -> Option<PendingRequest> {
        None
    }
}
