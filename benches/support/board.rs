//! A board's end of a pseudo-terminal, operated step by step and without delay.

use std::{
    ffi::OsStr,
    fs::File,
    io::{Read as _, Write as _},
    os::{fd::OwnedFd, unix::ffi::OsStrExt as _},
    path::{Path, PathBuf},
    time::Instant,
};

use rustix::{
    fs::{Mode, OFlags},
    pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt},
    termios::{OptionalActions, QueueSelector, tcflush, tcgetattr, tcsetattr},
};
use space::hardware::accx::simulated::SimulatedBoard;

/// The board and its end of the wire.
pub(crate) struct Board {
    end: File,
    pub(crate) path: PathBuf,
    pub(crate) board: SimulatedBoard,
    received: Vec<u8>,
    /// A hold on the other end until something was received there: reading waits as long as there
    /// is one, and fails at once where nobody has it open.
    other: Option<OwnedFd>,
}

impl Board {
    pub(crate) fn new() -> Self {
        let end = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC).unwrap();
        grantpt(&end).unwrap();
        unlockpt(&end).unwrap();
        let name = ptsname(&end, Vec::new()).unwrap();
        let path = PathBuf::from(OsStr::from_bytes(name.to_bytes()));
        let mut modes = tcgetattr(&end).unwrap();
        modes.make_raw();
        tcsetattr(&end, OptionalActions::Now, &modes).unwrap();
        let mut board = SimulatedBoard::new();
        board.take_output(); // the banner of a reset that nobody sees
        let other = Some(open(&path));
        Self { end: end.into(), path, board, received: Vec::new(), other }
    }

    pub(crate) fn say(&mut self, bytes: &[u8]) {
        self.end.write_all(bytes).unwrap();
    }

    /// Answers what is asked until a command comes, and returns when it came; nothing if the other
    /// end was closed instead.
    pub(crate) fn wait_for(&mut self, command: &[u8]) -> Option<Instant> {
        loop {
            if let Some(at) = self.received.windows(command.len()).position(|it| it == command) {
                self.received.drain(..at + command.len());
                return Some(Instant::now());
            }
            let mut bytes = [0; 256];
            match self.end.read(&mut bytes) {
                Ok(length) => {
                    let came = Instant::now();
                    self.other = None;
                    self.received.extend_from_slice(&bytes[..length]);
                    let at = self.received.windows(command.len()).position(|it| it == command);
                    self.board.receive(&bytes[..length]);
                    let output = self.board.take_output();
                    self.end.write_all(&output).unwrap();
                    if let Some(at) = at {
                        self.received.drain(..at + command.len());
                        return Some(came);
                    }
                }
                Err(_) => {
                    // Output that was not read is forgotten, as by a serial port that is closed.
                    let other = open(&self.path);
                    tcflush(&other, QueueSelector::IFlush).unwrap();
                    self.other = Some(other);
                    self.received.clear();
                    return None;
                }
            }
        }
    }
}

fn open(path: &Path) -> OwnedFd {
    rustix::fs::open(path, OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC, Mode::empty()).unwrap()
}
