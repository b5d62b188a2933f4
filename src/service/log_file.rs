//! The log as files, for where no system journal keeps it: the newest lines of each process.
//!
//! There are two files for each process, both of limited size: `door.log`, and `door.1.log` with what
//! is older. A thread of its own writes them, so that nobody waits for the disk; what it cannot keep
//! up with is dropped.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write as _},
    path::{Path, PathBuf},
    sync::mpsc::{self, SyncSender},
    thread::{self, JoinHandle},
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The size up to which a file grows, in bytes.
const LARGEST: u64 = 512 * 1024;

/// The maximum number of lines that wait to be written.
const WAITING: usize = 256;

/// A line of a log.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct LogLine {
    /// When it was written.
    pub time: Timestamp,
    /// In the numbers of the system's journal: 4 is a warning, 6 is informational.
    pub severity: u8,
    /// The process, which the name of the file says.
    #[serde(skip)]
    pub process: String,
    /// What happened.
    pub text: String,
}

/// The log of this process. When dropped, it waits until everything is written.
#[derive(Debug)]
pub(crate) struct LogFile {
    lines: Option<SyncSender<LogLine>>,
    thread: Option<JoinHandle<()>>,
}

impl LogFile {
    /// Opens the log of a process in a folder. That it cannot be written is no reason to stop.
    pub(crate) fn open(folder: &Path, process: &str) -> Self {
        let mut ring = Ring { folder: folder.to_owned(), process: process.to_owned(), open: None };
        let (lines, received) = mpsc::sync_channel::<LogLine>(WAITING);
        let thread = thread::Builder::new().name("log".into()).spawn(move || {
            for line in received {
                let _ = ring.write(&line); // the next one may fit again
            }
        });
        Self { lines: Some(lines), thread: thread.ok() }
    }

    /// Writes a line, soon.
    pub(crate) fn write(&self, time: Timestamp, severity: u8, text: &str) {
        let line = LogLine { time, severity, process: String::new(), text: text.to_owned() };
        let _ = self.lines.as_ref().map(|it| it.try_send(line)); // nobody waits for a log
    }
}

impl Drop for LogFile {
    fn drop(&mut self) {
        self.lines = None;
        let _ = self.thread.take().map(JoinHandle::join); // a panicked thread has nothing to do
    }
}

/// The two files.
struct Ring {
    folder: PathBuf,
    process: String,
    open: Option<(File, u64)>,
}

impl Ring {
    fn write(&mut self, line: &LogLine) -> io::Result<()> {
        let mut bytes = serde_json::to_vec(line)?;
        bytes.push(b'\n');
        let newest = self.folder.join(format!("{}.log", self.process));
        if self.open.as_ref().is_some_and(|(_, size)| size + bytes.len() as u64 > LARGEST) {
            self.open = None;
            fs::rename(&newest, self.folder.join(format!("{}.1.log", self.process)))?;
        }
        if self.open.is_none() {
            let mut options = OpenOptions::new();
            options.append(true).create(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o640);
            let file = options.open(&newest)?;
            let size = file.metadata()?.len();
            self.open = Some((file, size));
        }
        if let Some((file, size)) = &mut self.open {
            *size += bytes.len() as u64;
            file.write_all(&bytes)?;
        }
        Ok(())
    }
}

/// Reads the newest lines of all processes in a folder, sorted by time. What cannot be read is left
/// out.
pub(crate) fn read_logs(folder: &Path, most: usize) -> Vec<LogLine> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let Some(process) = name.to_str().and_then(|it| it.strip_suffix(".log")) else { continue };
        let process = process.strip_suffix(".1").unwrap_or(process);
        let bytes = fs::read(entry.path()).unwrap_or_default();
        let lines = bytes.rsplit(|byte| *byte == b'\n');
        let lines = lines.filter_map(|it| serde_json::from_slice::<LogLine>(it).ok()).take(most);
        all.extend(lines.map(|it| LogLine { process: process.to_owned(), ..it }));
    }
    all.sort_by_key(|it| it.time);
    all.drain(..all.len().saturating_sub(most));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_lines_are_kept_and_the_files_stay_small() {
        let dir = tempfile::tempdir().unwrap();
        let at: Timestamp = "2026-01-15T18:00:00Z".parse().unwrap();
        let mut ring = Ring { folder: dir.path().into(), process: "door".into(), open: None };
        let text = "x".repeat(1000);
        for second in 0..2_000 {
            let time = at + jiff::SignedDuration::from_secs(second);
            let line = LogLine { time, severity: 6, process: String::new(), text: text.clone() };
            ring.write(&line).unwrap();
        }
        let names: Vec<_> = fs::read_dir(dir.path()).unwrap().map(|it| it.unwrap()).collect();
        assert_eq!(names.len(), 2);
        assert!(names.iter().all(|it| it.metadata().unwrap().len() <= LARGEST));
        let log = LogFile::open(dir.path(), "web");
        log.write(at + jiff::SignedDuration::from_millis(1_998_500), 4, "trouble");
        drop(log);
        let read = read_logs(dir.path(), 3);
        let seen: Vec<_> = read.iter().map(|it| (it.process.as_str(), it.severity)).collect();
        assert_eq!(seen, [("door", 6), ("web", 4), ("door", 6)]);
    }

    #[test]
    fn a_folder_that_cannot_be_written_stops_nobody() {
        let log = LogFile::open(Path::new("/nowhere/at/all"), "web");
        log.write(Timestamp::UNIX_EPOCH, 6, "hello");
        drop(log);
        assert_eq!(read_logs(Path::new("/nowhere/at/all"), 9), []);
    }
}
