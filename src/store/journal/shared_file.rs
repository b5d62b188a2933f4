//! A journal file as the flushing thread sees it: how much of it is on the disk.

use std::{
    fs::File,
    io,
    path::{Path, PathBuf},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering::SeqCst},
    },
};

/// A file that one thread writes and another flushes.
pub(super) struct SharedFile {
    pub(super) file: File,
    folder: PathBuf,
    flushed: AtomicU64,
    /// Whether the file's name is on the disk too.
    named: AtomicBool,
    /// The system reports once that a page did not reach the disk, and then forgets the page. So
    /// one thread asks at a time, and the answer is remembered.
    failed: Mutex<bool>,
}

impl SharedFile {
    pub(super) fn new(file: File, path: &Path) -> Self {
        Self {
            file,
            folder: path.parent().map(Path::to_owned).unwrap_or_default(),
            flushed: AtomicU64::new(0),
            named: AtomicBool::new(false),
            failed: Mutex::new(false),
        }
    }

    /// Returns the position up to which it is certainly on the disk.
    pub(super) fn flushed(&self) -> u64 {
        self.flushed.load(SeqCst)
    }

    /// Flushes everything up to a position. After a failure it is not tried again with this file,
    /// and the error is not repeated.
    pub(super) fn flush(&self, up_to: u64) -> Result<(), Option<io::Error>> {
        let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        if *failed {
            return Err(None);
        }
        let flushed = self.file.sync_data().and_then(|()| {
            if self.named.swap(true, SeqCst) || cfg!(windows) {
                return Ok(());
            }
            File::open(&self.folder)?.sync_all()
        });
        match &flushed {
            Ok(()) => drop(self.flushed.fetch_max(up_to, SeqCst)),
            Err(_) => *failed = true,
        }
        flushed.map_err(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flush_that_failed_is_never_followed_by_one_that_seems_to_work() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("file");
        let shared = SharedFile::new(File::create(&path).unwrap(), &path);
        shared.flush(3).unwrap();
        *shared.failed.lock().unwrap() = true;
        assert!(matches!(shared.flush(7), Err(None)));
        assert_eq!(shared.flushed(), 3);
    }
}
