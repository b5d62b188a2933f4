//! One writer at a time: a locked file that names the writer, and the commit the files belong to.

use std::{
    fmt::Write as _,
    fs::{File, OpenOptions, TryLockError},
    io::{self, Read as _, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
    sync::mpsc,
    time::{Duration, Instant},
};

use jiff::Timestamp;

use crate::domain::model::{CommitId, text};
use crate::store::{
    StoreError,
    disk::{io_at, private_dir, watch::Watch},
};

/// The name of the lock file.
const FILE: &str = "lock";

/// The size of the file. It is always overwritten as a whole, so that a crash cannot leave half of
/// it.
const SIZE: usize = 256;

/// How long a second writer waits.
const TIMEOUT: Duration = Duration::from_secs(3);

/// The maximum time until it tries again: hints get lost, and a released lock sends none.
const RETRY_INTERVAL: Duration = Duration::from_millis(20);

/// The right to write, held until dropped.
#[derive(Debug)]
pub(in crate::store) struct Lock {
    file: File,
    path: PathBuf,
    /// The commit that the checked-out files were last updated to, if known.
    pub(in crate::store) files_at: Option<CommitId>,
}

impl Lock {
    /// Waits a little for the right to write, and records the purpose in the file.
    pub(in crate::store) fn acquire(
        dir: &Path,
        purpose: &str,
        now: Timestamp,
    ) -> Result<Self, StoreError> {
        Self::acquire_named(dir, FILE, purpose, now)
    }

    /// Waits a little for the lock with this file name, and records the purpose in the file.
    pub(in crate::store) fn acquire_named(
        dir: &Path,
        name: &str,
        purpose: &str,
        now: Timestamp,
    ) -> Result<Self, StoreError> {
        private_dir(dir).map_err(io_at(dir))?;
        let path = dir.join(name);
        let mut options = OpenOptions::new();
        let opened = options.read(true).write(true).create(true).truncate(false).open(&path);
        let mut file = opened.map_err(io_at(&path))?;
        if !retry(dir, TIMEOUT, || match file.try_lock() {
            Ok(()) => Ok(true),
            Err(TryLockError::WouldBlock) => Ok(false),
            Err(TryLockError::Error(error)) => Err(error),
        })
        .map_err(io_at(&path))?
        {
            let holder = holder(&content(&mut file));
            return Err(StoreError::Busy { path, holder });
        }
        let files_at = field(&content(&mut file), "files-at").and_then(|id| id.parse().ok());
        let mut lock = Self { file, path, files_at };
        let purpose: String = text::shown(purpose).chars().filter(|c| *c != '\n').collect();
        let holder = format!("pid {}\ndoing {purpose}\nsince {now:.0}\n", std::process::id());
        lock.write_holder(&holder)?;
        Ok(lock)
    }

    /// Describes whoever holds the lock with this file name; `None` if it is free.
    pub(in crate::store) fn holder(dir: &Path, name: &str) -> Option<String> {
        let mut file = File::open(dir.join(name)).ok()?;
        // A shared lock is enough to see it, and is released with the file.
        match file.try_lock_shared() {
            Err(TryLockError::WouldBlock) => Some(holder(&content(&mut file))),
            _ => {
                let _ = file.unlock(); // for the same reason as below, in `drop`
                None
            }
        }
    }

    /// Records that the checked-out files agree with a commit, and releases the lock.
    pub(in crate::store) fn release(mut self, files_at: CommitId) -> Result<(), StoreError> {
        self.files_at = Some(files_at);
        self.write_holder("")
    }

    /// Rewrites the file: the commit first, then the holder, padded with blanks.
    fn write_holder(&mut self, holder: &str) -> Result<(), StoreError> {
        let mut text = String::with_capacity(SIZE);
        if let Some(commit) = self.files_at {
            let _ = writeln!(text, "files-at {commit}"); // writing to a String cannot fail
        }
        text.push_str(holder);
        while text.len() > SIZE - 1 {
            text.pop();
        }
        let line =
            format!("{text:<width$}\n", width = SIZE - 1 - (text.len() - text.chars().count()));
        let mut write = || {
            self.file.seek(SeekFrom::Start(0))?;
            self.file.write_all(line.as_bytes())
        };
        write().map_err(io_at(&self.path))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = self.write_holder("");
        // A child that is being started has copies of all open files for a moment. The lock must not
        // wait for them; otherwise the system releases it when the last copy is closed.
        let _ = self.file.unlock();
    }
}

/// Returns the commit that the checked-out files were last updated to, without locking.
pub(in crate::store) fn files_at(dir: &Path) -> Option<CommitId> {
    let mut file = File::open(dir.join(FILE)).ok()?;
    field(&content(&mut file), "files-at")?.parse().ok()
}

/// Tries until it works or the time is over: again after each event in a folder, and at the latest
/// after each [`RETRY_INTERVAL`]. Tells whether it worked.
pub(in crate::store) fn retry(
    folder: &Path,
    timeout: Duration,
    mut attempt: impl FnMut() -> io::Result<bool>,
) -> io::Result<bool> {
    if attempt()? {
        return Ok(true);
    }
    let (began, (hint, hints)) = (Instant::now(), mpsc::channel());
    let _watch = Watch::folder(folder, move || {
        let _ = hint.send(()); // nobody may be waiting any more
    });
    while !attempt()? {
        let left = timeout.saturating_sub(began.elapsed());
        if left.is_zero() {
            return Ok(false);
        }
        // A time-out is as good as a hint: try again.
        let _ = hints.recv_timeout(RETRY_INTERVAL.min(left));
        hints.try_iter().for_each(drop);
    }
    Ok(true)
}

fn content(file: &mut File) -> String {
    let mut bytes = Vec::with_capacity(SIZE);
    let read = file.seek(SeekFrom::Start(0)).and_then(|_| {
        let mut part = file.take(SIZE as u64);
        part.read_to_end(&mut bytes)
    });
    read.map_or_else(|_| String::new(), |_| String::from_utf8_lossy(&bytes).into_owned())
}

fn field<'t>(content: &'t str, name: &str) -> Option<&'t str> {
    content.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' ')).map(str::trim)
}

fn holder(content: &str) -> String {
    let (pid, doing) = (field(content, "pid"), field(content, "doing"));
    match (pid, doing, field(content, "since")) {
        (Some(pid), Some(doing), Some(since)) => {
            format!("process {pid} ({}) since {since}", text::shown(doing))
        }
        _ => "another process".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_names_its_holder_and_afterwards_the_commit_of_the_files() {
        let dir = tempfile::tempdir().unwrap();
        let now = "2026-01-05T18:00:00Z".parse().unwrap();
        let lock = Lock::acquire(dir.path(), "member.add 0042", now).unwrap();
        let text = std::fs::read_to_string(dir.path().join("lock")).unwrap();
        assert_eq!(text.len(), SIZE);
        let expected =
            format!("process {} (member.add 0042) since 2026-01-05T18:00:00Z", std::process::id());
        assert_eq!(holder(&text), expected);

        let commit = CommitId::from_bytes([7; 20]);
        lock.release(commit).unwrap();
        let text = std::fs::read_to_string(dir.path().join("lock")).unwrap();
        assert_eq!((text.len(), holder(&text).as_str()), (SIZE, "another process"));
        let again = Lock::acquire(dir.path(), "ü".repeat(200).as_str(), now).unwrap();
        assert_eq!(again.files_at, Some(commit));
        assert_eq!(std::fs::metadata(dir.path().join("lock")).unwrap().len(), SIZE as u64);
    }

    #[test]
    fn a_lock_is_free_once_it_is_dropped_whoever_has_a_copy_of_its_file() {
        let dir = tempfile::tempdir().unwrap();
        let now = "2026-01-05T18:00:00Z".parse().unwrap();
        let lock = Lock::acquire_named(dir.path(), "bridge.lock", "bridge.run", now).unwrap();
        // As a process has that was started from this one.
        let copy = lock.file.try_clone().unwrap();
        assert!(Lock::holder(dir.path(), "bridge.lock").is_some());
        drop(lock);
        assert_eq!(Lock::holder(dir.path(), "bridge.lock"), None);
        drop(copy);
    }
}
