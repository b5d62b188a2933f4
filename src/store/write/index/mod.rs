//! git's index, locked against git for as long as the branch and the index disagree.
//!
//! A `git commit` after the branch has moved and before the index is written would commit the old
//! index on top of the new commit, and so silently undo the change.

pub(in crate::store) mod file;
pub(in crate::store) mod trees;

use std::{
    fs,
    io::{self, BufWriter, Read as _, Write as _},
    path::{Path, PathBuf},
    time::Duration,
};

use git2::{Index, IndexEntry, IndexTime, ObjectType, Oid};

use self::file::{IndexFile, Stat};
use crate::store::{
    Store, StoreError,
    disk::{durable::remove, io_at, lock::retry},
    objects::{damage::Damage, tree::Mode},
};

/// How long to wait for git's own lock.
const TIMEOUT: Duration = Duration::from_secs(2);

/// The content of the lock while it is held here, so that one left by a killed command is
/// recognised.
const LOCK_CONTENT: &[u8] = b"held by space\n";

/// The index of the checked-out files, with git's lock on it, which is released when this is
/// dropped.
pub(in crate::store) struct HeldIndex {
    file: IndexFile,
    /// What is known about the trees of its folders, in the form of the extension.
    trees: Option<Vec<u8>>,
    /// Whether its content in memory differs from that on the disk.
    dirty: bool,
    path: PathBuf,
    lock: PathBuf,
    draft: PathBuf,
}

impl HeldIndex {
    /// Waits a little for git and takes the lock. The lock of the store must already be held.
    pub(in crate::store) fn take(store: &Store) -> Result<Self, StoreError> {
        let dir = store.git_dir();
        let [path, lock, draft] = ["index", "index.lock", "index.space~"].map(|it| dir.join(it));
        if fs::read(&lock).is_ok_and(|content| content == LOCK_CONTENT) {
            // Only a holder of the store's lock writes this content, and that lock is held here.
            fs::remove_file(&lock).map_err(io_at(&lock))?;
        }
        let template = store.dir().join("index-mark");
        if !fs::read(&template).is_ok_and(|content| content == LOCK_CONTENT) {
            fs::write(&template, LOCK_CONTENT).map_err(io_at(&template))?;
        }
        let taken = retry(dir, TIMEOUT, || link(&template, &lock)).map_err(io_at(&lock))?;
        if !taken {
            return Err(StoreError::IndexBusy(lock));
        }
        match read(store, &path, &draft) {
            Ok((file, trees)) => Ok(Self { file, trees, dirty: false, path, lock, draft }),
            Err(source) => {
                let _ = fs::remove_file(&lock); // the first error counts
                Err(StoreError::Io { path, source })
            }
        }
    }

    /// Returns the staged content of a path.
    pub(in crate::store) fn staged(&self, path: &str) -> Option<Oid> {
        self.file.staged(path.as_bytes())
    }

    /// Tells whether a merge left a path in conflict.
    pub(in crate::store) fn has_conflict(&self, path: &str) -> bool {
        self.file.has_conflict(path.as_bytes())
    }

    /// Sets the content of a file, or removes it. Without the file system's data about the file,
    /// git reads it again.
    pub(in crate::store) fn set(
        &mut self,
        path: &str,
        content: Option<Oid>,
        known: Option<&fs::Metadata>,
    ) {
        self.dirty |= self.staged(path) != content;
        let line = content.map(|id| (id, known.map_or_else(unknown_stat, stat)));
        self.file.set(path.as_bytes(), line);
    }

    /// Declares that the edits since the index was written lead from one tree to another, so that
    /// the known trees of folders stay known.
    pub(in crate::store) fn update_trees(&mut self, store: &Store, older: Option<Oid>, newer: Oid) {
        if !self.dirty {
            return;
        }
        let read = |id| store.database().tree(id).ok();
        self.trees = match (&self.trees, older) {
            (Some(trees), _) => trees::updated(trees, older, newer, &read),
            (None, None) => trees::for_tree(newer, &read),
            (None, Some(_)) => None,
        };
        self.dirty = false;
    }

    /// Replaces the old index by the edited one.
    pub(in crate::store) fn write(&mut self) -> io::Result<()> {
        if std::mem::take(&mut self.dirty) {
            self.trees = None; // git then makes the trees itself
        }
        let mut draft = BufWriter::new(fs::File::create(&self.draft)?);
        self.file.write(&mut draft, self.trees.as_deref())?;
        draft.flush()?;
        fs::rename(&self.draft, &self.path)
    }

    /// Tells whether it is so small that writing it costs next to nothing.
    pub(in crate::store) const fn is_small(&self) -> bool {
        self.file.len() < 25_000
    }

    /// Returns its file.
    pub(in crate::store) fn path(&self) -> &Path {
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

/// Reads the index, and what is known about the trees of its folders; if it has a form that cannot
/// be written here, libgit2 first writes it in one that can.
fn read(store: &Store, path: &Path, draft: &Path) -> io::Result<(IndexFile, Option<Vec<u8>>)> {
    let known = |file: &IndexFile| file.extension(b"TREE").map(<[u8]>::to_vec);
    let mut bytes = Vec::new();
    let mut since = None;
    match fs::File::open(path) {
        Ok(mut file) => {
            let metadata = file.metadata()?;
            bytes.reserve_exact(metadata.len() as usize);
            file.read_to_end(&mut bytes)?;
            since = Some(stat(&metadata));
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    let (root, since) = (store.workdir(), since.as_ref().map(written));
    if let Some(mut file) = IndexFile::parse(bytes).filter(IndexFile::is_sound) {
        if let (Some(root), Some(since)) = (root, since) {
            file.mark_doubtful(doubtful(&file, root, since));
        }
        let trees = known(&file);
        return Ok((file, trees));
    }
    // libgit2 locks what it writes, and a killed command may have left that lock.
    remove(&draft.with_extension("space~.lock"))?;
    match fs::copy(path, draft) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => remove(draft)?,
        done => drop(done?),
    }
    let rewrite = || -> Result<Option<Oid>, git2::Error> {
        let (mut index, tree) = open(store, draft)?;
        index.set_version(2)?;
        index.write()?;
        Ok(tree)
    };
    let rebuilt = rewrite().map_err(as_io)?;
    let bytes = fs::read(draft)?;
    let file =
        IndexFile::parse(bytes).ok_or_else(|| io::Error::other("git's index cannot be read"))?;
    let read_tree = |id| store.database().tree(id).ok();
    let trees = match rebuilt {
        // Of entries added one by one, libgit2 knows no trees.
        Some(tree) => trees::for_tree(tree, &read_tree),
        None => known(&file),
    };
    Ok((file, trees))
}

/// Lists the entries whose files changed, or may have changed, at the moment the index was
/// written: their times mean nothing to git once the index has a later one.
fn doubtful(index: &IndexFile, root: &Path, since: (u32, u32)) -> Vec<usize> {
    let late = |at: &usize| {
        let entry = index.entry(*at);
        entry.written().0 >= since.0 && !entry.is_special()
    };
    let changed = |at: &usize| {
        let entry = index.entry(*at);
        let Ok(path) = std::str::from_utf8(entry.path()) else { return true };
        let file = root.join(path);
        let same = fs::symlink_metadata(&file).is_ok_and(|it| entry.fits(&stat(&it)));
        let settled = entry.written() < since;
        let read = || Oid::hash_object(ObjectType::Blob, &fs::read(&file).ok()?).ok();
        !same || (!settled && read() != Some(entry.id()))
    };
    (0..index.len()).filter(late).filter(changed).collect()
}

/// Returns the file system's data about a file in the form of the index: the low 32 bits of each
/// value, like git.
pub(in crate::store) fn stat(known: &fs::Metadata) -> Stat {
    let mut stat = unknown_stat();
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "like git")]
        let fields = [
            known.ctime() as u32,
            known.ctime_nsec() as u32,
            known.mtime() as u32,
            known.mtime_nsec() as u32,
            known.dev() as u32,
            known.ino() as u32,
            0o100_644,
            known.uid(),
            known.gid(),
            known.size() as u32,
        ];
        for (to, field) in stat.chunks_exact_mut(4).zip(fields) {
            to.copy_from_slice(&field.to_be_bytes());
        }
    }
    #[cfg(not(unix))]
    let _ = known;
    stat
}

/// Returns data that makes git read a file again.
fn unknown_stat() -> Stat {
    let mut stat = [0; 40];
    stat[24..28].copy_from_slice(&0o100_644_u32.to_be_bytes());
    stat
}

fn written(stat: &Stat) -> (u32, u32) {
    let number =
        |at: usize| u32::from_be_bytes([stat[at], stat[at + 1], stat[at + 2], stat[at + 3]]);
    (number(8), number(12))
}

/// Gives a file a second name unless that is taken: the lock appears with its content, or not at
/// all.
pub(in crate::store) fn link(file: &Path, name: &Path) -> io::Result<bool> {
    let taken = |error: &io::Error| error.kind() == io::ErrorKind::AlreadyExists;
    match fs::hard_link(file, name) {
        Ok(()) => Ok(true),
        Err(error) if taken(&error) => Ok(false),
        // Not every file system supports hard links.
        Err(_) => match fs::File::create_new(name) {
            Ok(mut copy) => io::Write::write_all(&mut copy, &fs::read(file)?).map(|()| true),
            Err(error) if taken(&error) => Ok(false),
            Err(error) => Err(error),
        },
    }
}

/// Turns libgit2's file errors into the system's.
#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err calls")]
fn as_io(error: git2::Error) -> io::Error {
    let full = error.message().contains("No space left");
    let kind = if full { io::ErrorKind::StorageFull } else { io::ErrorKind::Other };
    io::Error::new(kind, error.message())
}

/// Opens the index; one that is missing, or that a power cut left unreadable, is rebuilt from the
/// last commit, whose tree is then returned with it.
fn open(store: &Store, draft: &Path) -> Result<(Index, Option<Oid>), git2::Error> {
    let usable = fs::metadata(draft).is_ok_and(|it| it.len() > 0);
    if let Ok(index) = Index::open(draft)
        && usable
    {
        return Ok((index, None));
    }
    let _ = fs::remove_file(draft); // it may not exist
    let mut index = Index::open(draft)?;
    let head = {
        let repo = store.repo().map_err(|error| git2::Error::from_str(&error.to_string()))?;
        repo.head().ok().and_then(|head| head.target())
    };
    let tree = head.map(|head| fill(&mut index, store, head)).transpose()?;
    Ok((index, tree))
}

/// Lists all files of a commit in an index; returns its tree.
fn fill(index: &mut Index, store: &Store, head: Oid) -> Result<Oid, git2::Error> {
    let database = store.database();
    let lost = |damage: Damage| git2::Error::from_str(&damage.to_string());
    let tree = database.commit(head).map_err(lost)?.tree;
    let mut open = vec![(Vec::new(), tree)];
    while let Some((path, id)) = open.pop() {
        for entry in database.tree(id).map_err(lost)?.entries() {
            let inner = [&path[..], entry.name].concat();
            match entry.mode {
                Mode::Folder => open.push(([&inner[..], b"/"].concat(), entry.id)),
                mode => index.add(&entry_of(inner, mode, entry.id))?,
            }
        }
    }
    Ok(tree)
}

/// Describes a file without anything about what is checked out, so that git looks at that.
fn entry_of(path: Vec<u8>, mode: Mode, id: Oid) -> IndexEntry {
    let never = IndexTime::new(0, 0);
    IndexEntry {
        ctime: never,
        mtime: never,
        dev: 0,
        ino: 0,
        mode: mode.number(),
        uid: 0,
        gid: 0,
        file_size: 0,
        id,
        flags: 0,
        flags_extended: 0,
        path,
    }
}
