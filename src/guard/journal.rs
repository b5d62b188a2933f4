//! The file with what changed: lines of JSON, of which the oldest are dropped.

use std::{
    fs::{self, File, OpenOptions},
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
        let mut file = self.open()?;
        if !file.metadata()?.is_file() {
            return Err(io::Error::other("it is not a file"));
        }
        file.write_all(&line)
    }

    /// Opens the file itself, not what a link names, and does not wait for a reader of a pipe.
    fn open(&self) -> io::Result<File> {
        let mut options = OpenOptions::new();
        options.append(true).create(true);
        #[cfg(unix)]
        {
            use rustix::fs::OFlags;
            let flags = (OFlags::NOFOLLOW | OFlags::NONBLOCK).bits();
            std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, flags.cast_signed());
        }
        options.open(&self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Others may put something else in its place, if they may write the folder.
    #[cfg(unix)]
    #[test]
    fn what_is_not_its_file_gets_no_line() {
        let dir = tempfile::tempdir().unwrap();
        let (path, other) = (dir.path().join("guard.jsonl"), dir.path().join("other"));
        fs::write(&other, "").unwrap();
        let add = || Journal::new(path.clone()).add(Timestamp::UNIX_EPOCH, 0, &Event::Stopped {});
        std::os::unix::fs::symlink(&other, &path).unwrap();
        assert!(add().is_err(), "a link");
        assert_eq!(fs::metadata(&other).unwrap().len(), 0);
        fs::remove_file(&path).unwrap();
        use rustix::fs::{CWD, FileType, Mode, mknodat};
        mknodat(CWD, &path, FileType::Fifo, Mode::from_raw_mode(0o600), 0).unwrap();
        assert!(add().is_err(), "a pipe");
        fs::remove_file(&path).unwrap();
        assert!(add().is_ok());
    }

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
