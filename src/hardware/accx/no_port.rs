//! What stands in for serial ports where the program was built without them.

use std::{io, path::PathBuf};

use super::Ports;
use crate::left_out;

/// A serial port that is never there.
#[derive(Debug)]
pub struct SerialPorts;

impl SerialPorts {
    /// Takes the place of the one that opens ports.
    #[must_use]
    pub fn new(_: PathBuf) -> Self {
        Self
    }
}

impl Ports for SerialPorts {
    type Port = tokio::io::Empty;

    fn open(&mut self) -> io::Result<(Self::Port, bool)> {
        Err(io::Error::new(io::ErrorKind::Unsupported, left_out::wires()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_is_said() {
        let why = SerialPorts::new(PathBuf::new()).open().map(drop).unwrap_err().to_string();
        assert!(why.contains("--features full"), "{why}");
    }
}
