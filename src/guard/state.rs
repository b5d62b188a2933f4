//! The state of the guard, in a file for whoever wants to see it.

use std::{
    fs, io,
    io::Write as _,
    path::{Path, PathBuf},
};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// The largest file, in bytes.
const LARGEST: usize = 64 * 1024;

/// After this time without a sign of life, the guard does not run.
const ALIVE: SignedDuration = SignedDuration::from_secs(30);

/// The state of the guard.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct GuardState {
    /// `starting`, `allowed` or `cut`.
    pub state: String,
    /// Why heat is cut, if it is.
    pub reason: Option<String>,
    /// When the state or its reason last changed.
    pub since: Timestamp,
    /// `open` or `closed`.
    pub relay: String,
    /// Whether heat is asked for.
    pub asked: bool,
    /// From which temperature on heat is cut, in degrees Celsius.
    pub limit: f64,
    /// What each thermometer says.
    pub thermometers: Vec<Measured>,
    /// When this was written.
    pub updated: Timestamp,
}

/// What a thermometer says.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Measured {
    /// Which one.
    pub name: String,
    /// `good`, `silent`, `implausible`, `too-fast` or `frozen`.
    pub verdict: String,
    /// Its temperature if it is fresh and plausible, in degrees Celsius.
    pub temperature: Option<f64>,
    /// Why it says nothing, as far as is known.
    pub why: Option<String>,
}

impl GuardState {
    /// Reads the file; `None` if there is none.
    ///
    /// # Errors
    /// It cannot be read, or is not from a guard.
    pub fn read(path: &Path) -> io::Result<Option<Self>> {
        let file = match fs::File::open(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            other => other?,
        };
        let mut text = Vec::new();
        io::Read::read_to_end(&mut io::Read::take(file, LARGEST as u64), &mut text)?;
        Ok(Some(serde_json::from_slice(&text)?))
    }

    /// Tells whether a guard was running a moment ago.
    #[must_use]
    pub fn is_alive(&self, now: Timestamp) -> bool {
        now.duration_since(self.updated).abs() <= ALIVE
    }

    /// Replaces the file, for all to read.
    pub(super) fn write(&self, path: &Path) -> io::Result<()> {
        let mut text = serde_json::to_vec_pretty(self)?;
        text.push(b'\n');
        let temporary = temporary(path);
        // What lies there may be anything, if others may write the folder; it is not followed.
        match fs::remove_file(&temporary) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut file = fs::File::create_new(&temporary)?;
        #[cfg(unix)]
        file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644))?;
        file.write_all(&text)?;
        fs::rename(&temporary, path)
    }
}

fn temporary(path: &Path) -> PathBuf {
    path.with_extension("new")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state() -> GuardState {
        let at = Timestamp::UNIX_EPOCH;
        GuardState {
            state: "cut".into(),
            reason: Some("too-warm".into()),
            since: at,
            relay: "open".into(),
            asked: true,
            limit: 27.0,
            thermometers: vec![],
            updated: at,
        }
    }

    #[test]
    fn it_is_read_as_it_was_written_and_followed_nowhere() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("guard.json");
        assert_eq!(GuardState::read(&path).unwrap(), None);
        state().write(&path).unwrap();
        assert_eq!(GuardState::read(&path).unwrap(), Some(state()));
        #[cfg(unix)]
        {
            let treasure = dir.path().join("treasure");
            fs::write(&treasure, "gold").unwrap();
            std::os::unix::fs::symlink(&treasure, temporary(&path)).unwrap();
            state().write(&path).unwrap();
            assert_eq!(fs::read(&treasure).unwrap(), b"gold");
        }
        fs::write(&path, "{").unwrap();
        assert!(GuardState::read(&path).is_err());
    }

    #[test]
    fn it_is_alive_for_half_a_minute_by_whatever_clock() {
        let at = Timestamp::UNIX_EPOCH;
        for (seconds, alive) in [(0, true), (30, true), (31, false), (-31, false)] {
            assert_eq!(state().is_alive(at + SignedDuration::from_secs(seconds)), alive);
        }
    }
}
