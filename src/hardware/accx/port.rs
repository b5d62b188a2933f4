//! The serial port of a board. The only file that knows tokio-serial.

use std::{
    io,
    path::PathBuf,
    pin::Pin,
    task::{Context, Poll},
};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_serial::{ClearBuffer, SerialPort as _, SerialStream};

use super::{Ports, RELAYS, command::BoardCommand};

/// The board's speed, in bits a second: 8 data bits, no parity, 1 stop bit, no flow control.
const SPEED: u32 = 57_600;

/// A serial port of this machine, for exclusive use.
#[derive(Debug)]
pub struct SerialPorts {
    path: PathBuf,
}

impl SerialPorts {
    /// Takes the port's path; does not open it yet.
    #[must_use]
    pub const fn new(path: PathBuf) -> Self {
        Self { path }
    }
}

impl Ports for SerialPorts {
    type Port = Locking;

    fn open(&mut self) -> io::Result<(Locking, bool)> {
        let path = self.path.to_string_lossy();
        let mut port = SerialStream::open(&tokio_serial::new(path, SPEED))?;
        // The board resets when DTR is set again; a pseudo-terminal has no DTR.
        let low = port.write_data_terminal_ready(false);
        let reset = low.and_then(|()| port.write_data_terminal_ready(true)).is_ok();
        if reset {
            let _ = port.clear(ClearBuffer::Input); // earlier output no longer counts
        }
        Ok((Locking(port), reset))
    }
}

/// An open port that releases all relays when it is dropped for whatever reason.
#[derive(Debug)]
pub struct Locking(SerialStream);

impl Drop for Locking {
    fn drop(&mut self) {
        let mut bytes = Vec::new();
        BoardCommand::Clear.write(&mut bytes);
        RELAYS.for_each(|relay| BoardCommand::Relay { relay, on: false }.write(&mut bytes));
        let _ = self.0.try_write(&bytes); // if the board is gone, nothing can be done
    }
}

impl AsyncRead for Locking {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(cx, buf)
    }
}

impl AsyncWrite for Locking {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(cx)
    }
}
