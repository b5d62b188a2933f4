//! The seam between the conversation and the way to a board: a serial port, or what stands in.

use std::io;

use tokio::io::{AsyncRead, AsyncWrite};

/// Opens the way to a board, again and again.
pub trait Ports: Send + 'static {
    /// A way that is open.
    type Port: AsyncRead + AsyncWrite + Unpin + Send;

    /// Opens it, and tells whether that has reset the board.
    ///
    /// # Errors
    /// It cannot be opened now.
    fn open(&mut self) -> io::Result<(Self::Port, bool)>;
}
