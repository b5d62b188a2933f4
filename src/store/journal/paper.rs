//! A journal's file as the thread that flushes sees it: how much of it is on the disk.

use std::{
    fs::File,
    io,
    path::{Path, PathBuf},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering::SeqCst},
    },
};

/// A file that one thread writes and another one flushes.
pub(super) struct Paper {
    pub(super) file: File,
    folder: PathBuf,
    flushed: AtomicU64,
    /// Whether the file's name is on the disk too.
    named: AtomicBool,
    /// The system reports once that a page did not reach the disk, and forgets the page: so it is
    /// asked by one thread at a time, and its answer remembered.
    distrusted: Mutex<bool>,
}

impl Paper {
    pub(super) fn new(file: File, path: &Path) -> Self {
        Self {
            file,
            folder: path.parent().map(Path::to_owned).unwrap_or_default(),
            flushed: AtomicU64::new(0),
            named: AtomicBool::new(false),
            distrusted: Mutex::new(false),
        }
    }

    /// Returns up to where it is on the disk for certain, as far as it was written since.
    pub(super) fn flushed(&self) -> u64 {
        self.flushed.load(SeqCst)
    }

    /// Brings what was written up to a place to the disk. Once that failed it is not tried again
    /// with this file, and the error is not repeated.
    pub(super) fn flush(&self, upto: u64) -> Result<(), Option<io::Error>> {
        let mut distrusted = self.distrusted.lock().unwrap_or_else(PoisonError::into_inner);
        if *distrusted {
            return Err(None);
        }
        let flushed = self.file.sync_data().and_then(|()| {
            if self.named.swap(true, SeqCst) || cfg!(windows) {
                return Ok(());
            }
            File::open(&self.folder)?.sync_all()
        });
        match &flushed {
            Ok(()) => drop(self.flushed.fetch_max(upto, SeqCst)),
            Err(_) => *distrusted = true,
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
        let paper = Paper::new(File::create(&path).unwrap(), &path);
        paper.flush(3).unwrap();
        *paper.distrusted.lock().unwrap() = true;
        assert!(matches!(paper.flush(7), Err(None)));
        assert_eq!(paper.flushed(), 3);
    }
}
