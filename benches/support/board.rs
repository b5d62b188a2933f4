//! A board's end of a pseudo-terminal, operated step by step and without delay.

use std::{
    ffi::OsStr,
    fs::File,
    io::{Read as _, Write as _},
    os::unix::ffi::OsStrExt as _,
    path::PathBuf,
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
    heard: Vec<u8>,
    /// Whether anything was received since the other end was last closed.
    opened: bool,
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
        board.said(); // drops the banner of the reset
        Self { end: end.into(), path, board, heard: Vec::new(), opened: false }
    }

    pub(crate) fn say(&mut self, bytes: &[u8]) {
        self.end.write_all(bytes).unwrap();
    }

    /// Drops unread output, like a serial port that is closed.
    fn forget(&self) {
        let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC;
        let other = rustix::fs::open(&self.path, flags, Mode::empty()).unwrap();
        tcflush(&other, QueueSelector::IFlush).unwrap();
    }

    /// Answers until a command arrives, and returns the time; `None` if the other end was closed
    /// instead.
    pub(crate) fn wait_for(&mut self, command: &[u8]) -> Option<Instant> {
        loop {
            if let Some(at) = self.heard.windows(command.len()).position(|it| it == command) {
                self.heard.drain(..at + command.len());
                return Some(Instant::now());
            }
            let mut bytes = [0; 256];
            match self.end.read(&mut bytes) {
                Ok(length) => {
                    let came = Instant::now();
                    self.opened = true;
                    self.heard.extend_from_slice(&bytes[..length]);
                    let at = self.heard.windows(command.len()).position(|it| it == command);
                    self.board.hear(&bytes[..length]);
                    let said = self.board.said();
                    self.end.write_all(&said).unwrap();
                    if let Some(at) = at {
                        self.heard.drain(..at + command.len());
                        return Some(came);
                    }
                }
                Err(_) if self.opened => {
                    self.opened = false;
                    self.heard.clear();
                    self.forget();
                    return None;
                }
                // Nobody has opened the other end yet.
                Err(_) => std::thread::yield_now(),
            }
        }
    }
}
