//! git's index, held against git for as long as the branch and the index disagree.
//!
//! A `git commit` between the move of the branch and the writing of the index would commit the old
//! index on top of the new commit, and so silently take the change back.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::Duration,
};

use git2::{Index, IndexEntry, IndexTime, Oid};

use super::{Store, StoreError, durable::remove, key::io_at, lock::patiently};

/// How long git's own lock is waited for.
const PATIENCE: Duration = Duration::from_secs(2);

/// What the lock says while we hold it, so that one left by a killed command is known as ours.
const MARK: &[u8] = b"held by space\n";

/// The index of the checked-out files, with git's lock on it. The lock ends when this is dropped.
pub(super) struct HeldIndex {
    index: Index,
    path: PathBuf,
    lock: PathBuf,
    draft: PathBuf,
}

impl HeldIndex {
    /// Waits a little for git and takes the lock. The lock of the store must be held already.
    pub(super) fn take(store: &Store) -> Result<Self, StoreError> {
        let dir = store.repo.path();
        let [path, lock, draft] = ["index", "index.lock", "index.space~"].map(|it| dir.join(it));
        if fs::read(&lock).is_ok_and(|said| said == MARK) {
            // Nobody but a holder of the store's lock writes that, and it is held here.
            fs::remove_file(&lock).map_err(io_at(&lock))?;
        }
        let marked = store.dir().join("index-mark");
        if !fs::read(&marked).is_ok_and(|said| said == MARK) {
            fs::write(&marked, MARK).map_err(io_at(&marked))?;
        }
        let taken = patiently(dir, PATIENCE, || link(&marked, &lock)).map_err(io_at(&lock))?;
        if !taken {
            return Err(StoreError::IndexBusy(lock));
        }
        let open = || -> io::Result<Index> {
            // libgit2 locks what it writes, and a killed command may have left that.
            remove(&dir.join("index.space~.lock"))?;
            match fs::copy(&path, &draft) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => remove(&draft)?,
                done => drop(done?),
            }
            open(store, &draft).map_err(as_io)
        };
        match open() {
            Ok(index) => Ok(Self { index, path, lock, draft }),
            Err(source) => {
                let _ = fs::remove_file(&lock); // the first error counts
                Err(StoreError::Io { path, source })
            }
        }
    }

    /// Returns what is staged for a path.
    pub(super) fn staged(&self, path: &str) -> Option<Oid> {
        self.index.get_path(Path::new(path), 0).map(|entry| entry.id)
    }

    /// Tells whether a merge left a path in conflict.
    pub(super) fn has_conflict(&self, path: &str) -> bool {
        (1..=3).any(|stage| self.index.get_path(Path::new(path), stage).is_some())
    }

    /// Notes the content of a file, or that it is gone. Without what the disk says about the file,
    /// git looks at it anew.
    pub(super) fn set(
        &mut self,
        path: &str,
        content: Option<Oid>,
        known: Option<&fs::Metadata>,
    ) -> io::Result<()> {
        let done = match content {
            Some(id) => self.index.add(&entry(path, id, known)),
            None if self.staged(path).is_none() => Ok(()),
            None => self.index.remove(Path::new(path), 0),
        };
        done.map_err(as_io)
    }

    /// Puts the noted in the place of the old index.
    pub(super) fn write(&mut self) -> io::Result<()> {
        self.index.write().map_err(as_io)?;
        fs::rename(&self.draft, &self.path)
    }

    /// Tells whether it is so small that writing it costs next to nothing.
    pub(super) fn is_small(&self) -> bool {
        self.index.len() < 5_000
    }

    /// Returns its file.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for HeldIndex {
    fn drop(&mut self) {
        for path in [&self.draft, &self.lock] {
            let _ = fs::remove_file(path); // the draft is gone if it was written
        }
    }
}

/// Gives a file a second name, unless that is taken: the lock appears with its content, or not.
pub(super) fn link(file: &Path, name: &Path) -> io::Result<bool> {
    let taken = |error: &io::Error| error.kind() == io::ErrorKind::AlreadyExists;
    match fs::hard_link(file, name) {
        Ok(()) => Ok(true),
        Err(error) if taken(&error) => Ok(false),
        // Not every file system knows second names.
        Err(_) => match fs::File::create_new(name) {
            Ok(mut copy) => io::Write::write_all(&mut copy, &fs::read(file)?).map(|()| true),
            Err(error) if taken(&error) => Ok(false),
            Err(error) => Err(error),
        },
    }
}

/// Turns what libgit2 says about files into what the system would have said.
#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err calls")]
fn as_io(error: git2::Error) -> io::Error {
    let full = error.message().contains("No space left");
    let kind = if full { io::ErrorKind::StorageFull } else { io::ErrorKind::Other };
    io::Error::new(kind, error.message())
}

/// Opens the index; one that a power cut left unreadable is made anew from the last commit.
fn open(store: &Store, draft: &Path) -> Result<Index, git2::Error> {
    let usable = fs::metadata(draft).is_ok_and(|it| it.len() > 0);
    if let Ok(index) = Index::open(draft)
        && usable
    {
        return Ok(index);
    }
    let _ = fs::remove_file(draft); // it may not be there
    let mut index = Index::open(draft)?;
    if let Ok(head) = store.repo.head() {
        index.read_tree(&head.peel_to_tree()?)?;
    }
    Ok(index)
}

/// Makes the index's line for a file.
fn entry(path: &str, id: Oid, known: Option<&fs::Metadata>) -> IndexEntry {
    let zero = IndexTime::new(0, 0);
    let mut entry = IndexEntry {
        ctime: zero,
        mtime: zero,
        dev: 0,
        ino: 0,
        mode: 0o100_644,
        uid: 0,
        gid: 0,
        file_size: 0,
        id,
        flags: 0,
        flags_extended: 0,
        path: path.as_bytes().to_vec(),
    };
    #[cfg(unix)]
    if let Some(known) = known {
        use std::os::unix::fs::MetadataExt as _;
        // The index keeps the low 32 bits of each, as git does.
        #[expect(clippy::cast_possible_truncation, reason = "as git does")]
        {
            entry.ctime = IndexTime::new(known.ctime() as i32, known.ctime_nsec() as u32);
            entry.mtime = IndexTime::new(known.mtime() as i32, known.mtime_nsec() as u32);
            (entry.dev, entry.ino) = (known.dev() as u32, known.ino() as u32);
            (entry.uid, entry.gid) = (known.uid(), known.gid());
            entry.file_size = known.size() as u32;
        }
    }
    #[cfg(not(unix))]
    let _ = (known, &mut entry);
    entry
}
