//! The connection to a board, behind a trait: a serial port, or a replacement for it.

use std::io;

use tokio::io::{AsyncRead, AsyncWrite};

/// Opens the connection to a board, repeatedly.
pub trait Ports: Send + 'static {
    /// An open connection.
    type Port: AsyncRead + AsyncWrite + Unpin + Send;

    /// Opens it, and tells whether that reset the board.
    ///
    /// # Errors
    /// It cannot be opened at the moment.
    fn open(&mut self) -> io::Result<(Self::Port, bool)>;
}
