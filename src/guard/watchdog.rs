//! The device that resets the machine if nobody feeds it (Linux `watchdog-api.rst`).

use std::{
    fs::{File, OpenOptions},
    io::{self, Write as _},
    path::Path,
};

/// An open watchdog. From now on, a machine that hangs is reset.
#[derive(Debug)]
pub(super) struct Watchdog(File);

impl Watchdog {
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let mut dog = Self(OpenOptions::new().write(true).open(path)?);
        dog.feed();
        Ok(dog)
    }

    /// Says that the guard is alive.
    pub(super) fn feed(&mut self) {
        let _ = self.0.write_all(b"."); // if this fails, the machine is reset
    }

    /// Says that it ends as it should; without this, closing the device would reset the machine.
    pub(super) fn dismiss(mut self) {
        let _ = self.0.write_all(b"V"); // if this fails, the machine is reset
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_fed_and_only_dismissed_in_so_many_words() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("watchdog");
        assert!(Watchdog::open(&path).is_err());
        std::fs::write(&path, "").unwrap();
        let mut dog = Watchdog::open(&path).unwrap();
        dog.feed();
        drop(dog);
        assert!(!std::fs::read_to_string(&path).unwrap().contains('V'));
        Watchdog::open(&path).unwrap().dismiss();
        assert!(std::fs::read_to_string(&path).unwrap().contains('V'));
    }
}
