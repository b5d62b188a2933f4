//! The file with what changed: lines of JSON, of which the oldest are dropped.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write as _},
    path::PathBuf,
};

use jiff::Timestamp;
use serde::Serialize;

use super::Event;

/// The largest size of a file; there are two of them.
const LARGEST: u64 = 512 * 1024;

/// The file with what changed.
#[derive(Debug)]
pub(super) struct Journal {
    path: PathBuf,
}

#[derive(Serialize)]
struct Line<'e> {
    time: Timestamp,
    /// The clock may be wrong; this is not.
    uptime_ms: u64,
    #[serde(flatten)]
    event: &'e Event,
}

impl Journal {
    pub(super) const fn new(path: PathBuf) -> Self {
        Self { path }
    }

    /// Adds a line. Once the file is full, it becomes the old one.
    pub(super) fn add(&self, time: Timestamp, uptime_ms: u64, event: &Event) -> io::Result<()> {
        if fs::metadata(&self.path).is_ok_and(|it| it.len() >= LARGEST) {
            fs::rename(&self.path, self.path.with_extension("old.jsonl"))?;
        }
        let mut line = serde_json::to_vec(&Line { time, uptime_ms, event })?;
        line.push(b'\n');
        OpenOptions::new().append(true).create(true).open(&self.path)?.write_all(&line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_bounded_and_keeps_the_newest() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("guard.jsonl");
        let journal = Journal::new(path.clone());
        let event = Event::Trouble { why: "x".repeat(50_000) };
        for number in 0..40 {
            journal.add(Timestamp::UNIX_EPOCH, number, &event).unwrap();
        }
        let size = |name: &str| fs::metadata(dir.path().join(name)).unwrap().len();
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 2);
        let (new, old) = (size("guard.jsonl"), size("guard.old.jsonl"));
        assert!(new.max(old) < LARGEST + 60_000, "{new} {old}");
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.lines().last().unwrap().contains("\"uptime_ms\":39"));
    }
}
