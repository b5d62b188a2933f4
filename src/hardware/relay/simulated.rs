//! A relay that is a file, for rehearsals.

use std::{fs, path::Path};

use super::{Relay, options::Files};

/// A file that says `open` or `closed`. Like a pin, it stays as it is when the program is killed.
#[derive(Debug)]
pub struct SimulatedRelay {
    files: Files,
    closed: Option<bool>,
}

impl SimulatedRelay {
    /// Makes one that is open.
    ///
    /// # Errors
    /// The file cannot be written: a sentence.
    pub fn open(files: &Files) -> Result<Self, String> {
        let mut relay = Self { files: files.clone(), closed: None };
        relay.set(false)?;
        Ok(relay)
    }
}

impl Relay for SimulatedRelay {
    fn set(&mut self, closed: bool) -> Result<(), String> {
        if self.closed == Some(closed) {
            return Ok(());
        }
        let path: &Path = &self.files.relay;
        let words = if closed { "closed\n" } else { "open\n" };
        fs::write(path, words).map_err(|why| format!("cannot write {}: {why}", path.display()))?;
        self.closed = Some(closed);
        Ok(())
    }

    fn warn(&mut self, _: bool) {}

    fn asked(&mut self) -> bool {
        let says = |path: &Path| fs::read(path).is_ok_and(|text| text.trim_ascii() == b"heat");
        self.files.asks.as_deref().is_none_or(says)
    }
}

impl Drop for SimulatedRelay {
    fn drop(&mut self) {
        let _ = self.set(false); // it is told when it is set, not when it ends
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_open_at_first_and_at_last() {
        let dir = tempfile::tempdir().unwrap();
        let (relay, asks) = (dir.path().join("relay"), dir.path().join("asks"));
        let says = || fs::read_to_string(&relay).unwrap();
        let mut it =
            SimulatedRelay::open(&Files { relay: relay.clone(), asks: Some(asks.clone()) })
                .unwrap();
        assert_eq!(says(), "open\n");
        it.set(true).unwrap();
        assert_eq!(says(), "closed\n");
        assert!(!it.asked());
        fs::write(asks, "heat\n").unwrap();
        assert!(it.asked());
        drop(it);
        assert_eq!(says(), "open\n");
        assert!(
            SimulatedRelay::open(&Files { relay: "/nowhere/relay".into(), asks: None }).is_err()
        );
    }
}
