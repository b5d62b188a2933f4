//! Records that are not committed yet, read like a commit: what is staged, and the checked-out
//! files.

use std::{
    fs,
    io::{self, Read as _},
    path::{Path, PathBuf},
    sync::OnceLock,
};

use git2::{Index, ObjectType, Oid};
use jiff::Timestamp;

use crate::domain::model::{CommitId, budget, record_path};
use crate::store::read::past::Past;
use crate::store::{
    Revision, Store, StoreError,
    disk::io_at,
    objects::edits::{Edits, tree_bytes},
    objects::pending::Objects,
    objects::tree::{Mode, TreeEntry},
};

/// A tree that exists only in memory.
pub struct Draft {
    store: Store,
    tree: Oid,
    base: CommitId,
}

impl Store {
    /// Reads what is staged, from git's index or from the one passed to a hook.
    ///
    /// # Errors
    /// There is no index, or it is in conflict.
    pub fn staged(&self, index: Option<&Path>) -> Result<Draft, StoreError> {
        let fail = self.git("read git's index");
        let index = match index {
            Some(path) => Index::open(path),
            None => self.repo()?.index(),
        }
        .map_err(&fail)?;
        if index.has_conflicts() {
            return Err(fail(git2::Error::from_str("files in it are in conflict")));
        }
        let (mut edits, mut objects) = (Edits::default(), Objects::default());
        for entry in index.iter() {
            let mode = Mode::of_number(entry.mode).ok_or_else(|| {
                let path = String::from_utf8_lossy(&entry.path);
                fail(git2::Error::from_str(&format!("{path} has a mode that git does not know")))
            })?;
            edits.set(&entry.path, Some((mode, entry.id)));
        }
        let tree = edits.write(self.database(), None, &mut objects);
        let tree = tree.map_err(self.damaged("read git's index", ""))?;
        let tree = tree.map_or_else(|| objects.add(ObjectType::Tree, &[]), Ok).map_err(&fail)?;
        self.drafted(tree, objects)
    }

    /// Reads the checked-out files as they are.
    ///
    /// # Errors
    /// The repository is bare, or a folder cannot be read.
    pub fn unsaved(&self) -> Result<Draft, StoreError> {
        let root = self.workdir().ok_or_else(|| StoreError::NotASpace(self.dir().to_owned()))?;
        let mut objects = Objects::default();
        let empty = |objects: &mut Objects| objects.add(ObjectType::Tree, &[]);
        let tree = match folder(&mut objects, root, true)? {
            Some(tree) => tree,
            None => empty(&mut objects).map_err(self.git("hash"))?,
        };
        self.drafted(tree, objects)
    }

    /// Reads a commit or tree that need not be on any branch, as passed to a hook.
    ///
    /// # Errors
    /// It does not exist, or is something else.
    pub fn tree(&self, spec: &str) -> Result<Draft, StoreError> {
        self.drafted(self.resolve_tree(spec)?, Objects::default())
    }

    /// Reads a tree, of which some objects may be in memory only.
    pub(in crate::store) fn drafted(
        &self,
        tree: Oid,
        objects: Objects,
    ) -> Result<Draft, StoreError> {
        let mut store = self.reopen()?;
        store.draft = objects;
        *store.sound() = *self.sound();
        let base = self.head().unwrap_or_else(|_| CommitId::default());
        Ok(Draft { store, tree, base })
    }
}

impl Draft {
    /// Returns the store that has its objects, and its tree.
    pub(super) const fn stored(&self) -> (&Store, Oid) {
        (&self.store, self.tree)
    }

    /// Starts reading; the commit id is that of the commit that the draft would follow.
    ///
    /// # Errors
    /// The repository cannot be read.
    pub fn read(&self) -> Result<Revision<'_>, StoreError> {
        let (store, tree) = (&self.store, self.tree);
        Ok(Revision {
            store,
            database: store.database(),
            id: self.base,
            time: Timestamp::MIN,
            tree,
            format: OnceLock::new(),
            past: Past::default(),
        })
    }
}

impl std::fmt::Debug for Draft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Draft").field("base", &self.base).finish_non_exhaustive()
    }
}

/// Turns a folder on the disk into a tree, without following links.
fn folder(objects: &mut Objects, path: &Path, top: bool) -> Result<Option<Oid>, StoreError> {
    let mut found: Vec<(Vec<u8>, Mode, Oid)> = Vec::new();
    for item in fs::read_dir(path).map_err(io_at(path))? {
        let item = item.map_err(io_at(path))?;
        let name = item.file_name().as_encoded_bytes().to_vec();
        if name == b".git" || (top && name.starts_with(b".")) {
            continue; // no record begins with a dot at the top level
        }
        let foreign = || !std::str::from_utf8(&name).is_ok_and(record_path::is_folder);
        if top && item.file_type().map_err(io_at(path))?.is_dir() && foreign() {
            found.push((name, Mode::Folder, Oid::ZERO_SHA1)); // no record lies in it
            continue;
        }
        if let Some((mode, id)) = file(objects, &item.path())? {
            found.push((name, mode, id));
        }
    }
    let mut entries: Vec<TreeEntry<'_>> =
        found.iter().map(|(name, mode, id)| TreeEntry { mode: *mode, name, id: *id }).collect();
    entries.sort_by(TreeEntry::order);
    if entries.is_empty() {
        return Ok(None);
    }
    let tree = objects.add(ObjectType::Tree, &tree_bytes(entries));
    tree.map(Some).map_err(hash_failed(path))
}

fn file(objects: &mut Objects, path: &Path) -> Result<Option<(Mode, Oid)>, StoreError> {
    let kind = fs::symlink_metadata(path).map_err(io_at(path))?;
    let mut blob = |bytes: &[u8]| objects.add(ObjectType::Blob, bytes).map_err(hash_failed(path));
    if kind.is_dir() {
        return Ok(folder(objects, path, false)?.map(|id| (Mode::Folder, id)));
    }
    if kind.is_symlink() {
        return Ok(Some((Mode::Link, blob(b"")?)));
    }
    if !kind.is_file() {
        return Ok(None); // a socket or similar, which git ignores too
    }
    // One byte more than the limit is enough to see that it is not a record.
    let mut bytes = Vec::new();
    let read = |file: fs::File| file.take(budget::RECORD_BYTES as u64 + 1).read_to_end(&mut bytes);
    fs::File::open(path).and_then(read).map_err(io_at(path))?;
    let mode = if is_program(&kind) { Mode::Executable } else { Mode::File };
    Ok(Some((mode, blob(&bytes)?)))
}

fn is_program(kind: &fs::Metadata) -> bool {
    #[cfg(unix)]
    return std::os::unix::fs::MetadataExt::mode(kind) & 0o100 != 0;
    #[cfg(not(unix))]
    return kind.is_symlink();
}

fn hash_failed(path: &Path) -> impl Fn(git2::Error) -> StoreError + use<> {
    let path: PathBuf = path.to_owned();
    move |error| StoreError::Io { path: path.clone(), source: io::Error::other(error) }
}
