//! Records that are in no commit yet, read like a commit's: what is staged, and the files as they are.

use std::{
    fs,
    io::{self, Read as _},
    path::{Path, PathBuf},
};

use git2::{Index, ObjectType, Odb, Oid, Repository};
use jiff::Timestamp;

use super::{
    Revision, Store, StoreError, json,
    key::io_at,
    tree::{Entry, Mode, written},
};
use crate::domain::model::CommitId;

/// A tree that exists in memory alone.
pub struct Draft {
    store: Store,
    tree: Oid,
    base: CommitId,
}

impl Store {
    /// Reads what is staged, from git's index or from the one that a hook is given.
    ///
    /// # Errors
    /// There is no index, or it is in conflict.
    pub fn staged(&self, index: Option<&Path>) -> Result<Draft, StoreError> {
        let fail = self.git("read git's index");
        let mut index = match index {
            Some(path) => Index::open(path),
            None => self.repo.index(),
        }
        .map_err(&fail)?;
        self.draft(|repo, _| index.write_tree_to(repo).map_err(&fail))
    }

    /// Reads the checked-out files as they are.
    ///
    /// # Errors
    /// The repository is bare, or a folder cannot be read.
    pub fn unsaved(&self) -> Result<Draft, StoreError> {
        let root = self.workdir().ok_or_else(|| StoreError::NotASpace(self.dir().to_owned()))?;
        self.draft(|_, odb| {
            let tree = folder(odb, root, true)?;
            tree.map_or_else(|| odb.write(ObjectType::Tree, &[]).map_err(self.git("hash")), Ok)
        })
    }

    /// Reads a commit or a tree that need not be on any branch: a hook is given such.
    ///
    /// # Errors
    /// There is none, or it is something else.
    pub fn tree(&self, spec: &str) -> Result<Draft, StoreError> {
        let unknown = |_| StoreError::UnknownRevision(spec.to_owned());
        let object = self.repo.revparse_single(spec).map_err(unknown)?;
        let tree = object.peel_to_tree().map_err(unknown)?.id();
        let mut store = self.again()?;
        store.alone = true;
        let base = self.newest().unwrap_or_else(|_| CommitId::default());
        Ok(Draft { store, tree, base })
    }

    fn draft(
        &self,
        tree: impl FnOnce(&Repository, &Odb<'_>) -> Result<Oid, StoreError>,
    ) -> Result<Draft, StoreError> {
        let mut store = self.again()?;
        store.alone = true;
        let odb = store.odb()?;
        // New objects stay in memory, with this handle; its lifetime is that of the database.
        odb.add_new_mempack_backend(1000).map_err(self.git("keep objects in memory"))?;
        let tree = tree(&store.repo, &odb)?;
        drop(odb);
        let base = self.newest().unwrap_or_else(|_| CommitId::default());
        Ok(Draft { store, tree, base })
    }
}

impl Draft {
    /// Starts reading; as its commit it names the one that the draft would follow.
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
        })
    }
}

impl std::fmt::Debug for Draft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Draft").field("base", &self.base).finish_non_exhaustive()
    }
}

/// Turns a folder of the disk into a tree, without following links.
fn folder(odb: &Odb<'_>, path: &Path, top: bool) -> Result<Option<Oid>, StoreError> {
    let mut found: Vec<(Vec<u8>, Mode, Oid)> = Vec::new();
    for item in fs::read_dir(path).map_err(io_at(path))? {
        let item = item.map_err(io_at(path))?;
        let name = item.file_name().as_encoded_bytes().to_vec();
        if name == b".git" || (top && name.starts_with(b".")) {
            continue; // nothing that begins with a dot at the top is a record
        }
        if let Some((mode, id)) = file(odb, &item.path())? {
            found.push((name, mode, id));
        }
    }
    let mut entries: Vec<Entry<'_>> =
        found.iter().map(|(name, mode, id)| Entry { mode: *mode, name, id: *id }).collect();
    entries.sort_by(Entry::order);
    if entries.is_empty() {
        return Ok(None);
    }
    let tree = odb.write(ObjectType::Tree, &written(entries));
    tree.map(Some).map_err(hash_failed(path))
}

fn file(odb: &Odb<'_>, path: &Path) -> Result<Option<(Mode, Oid)>, StoreError> {
    let kind = fs::symlink_metadata(path).map_err(io_at(path))?;
    let blob = |bytes: &[u8]| odb.write(ObjectType::Blob, bytes).map_err(hash_failed(path));
    if kind.is_dir() {
        return Ok(folder(odb, path, false)?.map(|id| (Mode::Folder, id)));
    }
    if kind.is_symlink() {
        return Ok(Some((Mode::Link, blob(b"")?)));
    }
    if !kind.is_file() {
        return Ok(None); // a socket or the like, which git does not see either
    }
    // One byte more than a record may have is enough to see that it is none.
    let mut bytes = Vec::new();
    let read = |file: fs::File| file.take(json::LONGEST as u64 + 1).read_to_end(&mut bytes);
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
