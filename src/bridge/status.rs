//! The state of a running bridge, in a file for whoever wants to see it.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Received, Sent};
use crate::store::Store;

/// How often the file is written if only the time of the last poll differs.
const SELDOM: SignedDuration = SignedDuration::from_secs(60);

/// The state of a bridge.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct BridgeStatus {
    /// When it was started.
    pub started: Timestamp,
    /// What messages go through.
    pub place: String,
    /// Messages in.
    pub incoming: Incoming,
    /// Activities out.
    pub outgoing: Outgoing,
}

/// How one direction works.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Direction {
    /// Whether it is used.
    pub on: bool,
    /// When the queue last answered.
    pub last_poll: Option<Timestamp>,
    /// Why it does not work, if so.
    pub trouble: Option<String>,
    /// Since when it does not.
    pub since: Option<Timestamp>,
}

/// Messages that came in since the bridge was started.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Incoming {
    /// How it works.
    #[serde(flatten)]
    pub direction: Direction,
    /// The number of messages received, each time anew.
    pub received: u64,
    /// How many changed something.
    pub applied: u64,
    /// How many were valid and changed nothing.
    pub unchanged: u64,
    /// How many were not valid.
    pub invalid: u64,
    /// How many were for somebody else.
    pub left: u64,
    /// How many could not be applied yet.
    pub waiting: u64,
}

/// Activities that went out since the bridge was started.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Outgoing {
    /// How it works.
    #[serde(flatten)]
    pub direction: Direction,
    /// The number of activities that were sent.
    pub sent: u64,
    /// The number that the queue will never take.
    pub refused: u64,
}

impl Direction {
    /// Records that it works; tells whether it did not before.
    pub(super) fn works(&mut self, now: Timestamp) -> bool {
        self.last_poll = Some(now);
        self.since = None;
        self.trouble.take().is_some()
    }

    /// Records why it does not work; tells whether that is new.
    pub(super) fn fails(&mut self, words: &str, now: Timestamp) -> bool {
        self.since.get_or_insert(now);
        let is_new = self.trouble.as_deref() != Some(words);
        self.trouble = Some(words.to_owned());
        is_new
    }
}

impl Incoming {
    pub(super) const fn add(&mut self, more: &Received) {
        self.received += more.received;
        self.applied += more.applied;
        self.unchanged += more.unchanged;
        self.invalid += more.invalid;
        self.left += more.left;
        self.waiting += more.waiting;
    }
}

impl Outgoing {
    pub(super) const fn add(&mut self, more: &Sent) {
        self.sent += more.sent;
        self.refused += more.refused;
    }
}

/// The file.
#[derive(Debug)]
pub struct StatusFile {
    path: PathBuf,
    /// What it says, and since when.
    written: Option<(BridgeStatus, Timestamp)>,
}

impl StatusFile {
    /// Returns the path of the file, unless the configuration names another one.
    #[must_use]
    pub fn path(configured: Option<&Path>, store: &Store) -> PathBuf {
        configured.map_or_else(|| store.dir().join("bridge.json"), Path::to_owned)
    }

    /// Reads what a bridge wrote; `None` if it wrote nothing that can be read.
    #[must_use]
    pub fn read(path: &Path) -> Option<BridgeStatus> {
        serde_json::from_slice(&fs::read(path).ok()?).ok()
    }

    /// Takes the file.
    #[must_use]
    pub const fn new(path: PathBuf) -> Self {
        Self { path, written: None }
    }

    /// Writes the state if it is news. It is for people to look at, so it need not survive a power
    /// cut.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn write(&mut self, status: &BridgeStatus, now: Timestamp) -> io::Result<()> {
        if let Some((written, at)) = &self.written
            && *at <= now
            && now.duration_since(*at) < SELDOM
            && quiet(written) == quiet(status)
        {
            return Ok(());
        }
        self.replace(status)?;
        self.written = Some((status.clone(), now));
        Ok(())
    }

    /// Writes the state.
    pub(super) fn replace(&self, status: &BridgeStatus) -> io::Result<()> {
        let bytes = serde_json::to_vec(status)?;
        let draft = self.path.with_extension("new");
        fs::write(&draft, bytes)?;
        fs::rename(&draft, &self.path)
    }
}

/// Returns a state without what is different at each look.
fn quiet(status: &BridgeStatus) -> BridgeStatus {
    let mut quiet = status.clone();
    (quiet.incoming.direction.last_poll, quiet.outgoing.direction.last_poll) = (None, None);
    quiet
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_written_when_something_changes_and_else_once_a_minute() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("bridge.json");
        let mut file = StatusFile::new(path.clone());
        let start: Timestamp = "2026-01-15T18:00:00Z".parse().unwrap();
        let at = |seconds| start + SignedDuration::from_secs(seconds);
        let (incoming, outgoing) = (Incoming::default(), Outgoing::default());
        let mut status = BridgeStatus { started: start, place: "x".into(), incoming, outgoing };
        file.write(&status, at(0)).unwrap();
        assert_eq!(StatusFile::read(&path), Some(status.clone()));
        assert!(!status.incoming.direction.works(at(20)));
        file.write(&status, at(20)).unwrap();
        assert_eq!(StatusFile::read(&path).unwrap().incoming.direction.last_poll, None);
        file.write(&status, at(60)).unwrap();
        assert_eq!(StatusFile::read(&path).unwrap(), status);
        assert!(status.incoming.direction.fails("no network", at(61)));
        assert!(!status.incoming.direction.fails("no network", at(62)));
        file.write(&status, at(62)).unwrap();
        let read = StatusFile::read(&path).unwrap().incoming.direction;
        assert_eq!((read.since, read.trouble), (Some(at(61)), Some("no network".into())));
        assert!(status.incoming.direction.works(at(63)));
        assert_eq!(status.incoming.direction.since, None);
    }
}
