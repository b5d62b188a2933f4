//! The checked-out files and git's index of them, kept in step with our commits.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use git2::{ErrorCode, Index, IndexEntry, IndexTime, ObjectType, Oid};

use super::{Store, StoreError, durable, lock::patiently};

/// How often git's own lock is looked at, 20 ms apart.
const PATIENCE: u32 = 100;

/// The checked-out files of a repository that is not bare.
pub(super) struct Worktree<'s> {
    store: &'s Store,
    root: PathBuf,
    index: Index,
}

/// One file on its way from one commit to the next.
pub(super) struct Step {
    pub(super) path: String,
    pub(super) old: Option<Oid>,
    pub(super) new: Option<(Oid, Vec<u8>)>,
}

/// What may be overwritten.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Care {
    /// What is as the older commit has it.
    Exact,
    /// That, and what an interrupted command left: a file that is missing, empty or all zeros.
    Remains,
}

impl<'s> Worktree<'s> {
    /// Opens the files; a bare repository has none. Waits a little for a git that is at them.
    pub(super) fn open(store: &'s Store) -> Result<Option<Self>, StoreError> {
        let Some(root) = store.repo.workdir().map(Path::to_owned) else { return Ok(None) };
        let busy = store.repo.path().join("index.lock");
        if !patiently(PATIENCE, || Ok(!busy.exists())).unwrap_or(false) {
            return Err(StoreError::IndexBusy(busy));
        }
        let index = open_index(store).map_err(store.git("read git's index"))?;
        Ok(Some(Self { store, root, index }))
    }

    /// Lists what has edits that no commit has, among the files of these steps.
    pub(super) fn unsaved(&self, steps: &[Step]) -> Result<Vec<String>, StoreError> {
        let mut names = Vec::new();
        for step in steps {
            if let Some(link) = self.not_a_folder(&step.path) {
                return Err(StoreError::InTheWay(link));
            }
            let fits = |id: Option<Oid>| id == step.old || id == step.target();
            let file = self.root.join(&step.path);
            let saved = match content(&file) {
                Content::Missing => fits(None),
                Content::Other => false,
                Content::File(bytes) => fits(same_as(&bytes, step)),
            };
            let staged = self.index.get_path(Path::new(&step.path), 0).map(|entry| entry.id);
            if !saved || !fits(staged) || self.has_conflict(&step.path) {
                names.push(step.path.clone());
            }
        }
        Ok(names)
    }

    /// Brings files and index from one commit to the next; returns the files that are new on the
    /// disk. A file that somebody edited meanwhile stays as it is.
    pub(super) fn update(&mut self, steps: &[Step], care: Care) -> io::Result<Vec<PathBuf>> {
        let mut fresh = Vec::new();
        for step in steps {
            let file = self.root.join(&step.path);
            let written = self.place(step, &file, care)?;
            self.store.reached("file");
            let staged = self.index.get_path(Path::new(&step.path), 0).map(|entry| entry.id);
            if staged != step.old && staged != step.target() {
                continue; // somebody's staged edit
            }
            let done = match &step.new {
                Some((id, bytes)) => {
                    let known = if written { fs::symlink_metadata(&file).ok() } else { None };
                    self.index.add(&entry(&step.path, *id, bytes.len(), known.as_ref()))
                }
                None => self.index.remove(Path::new(&step.path), 0),
            };
            done.map_err(io::Error::other)?;
            if written && step.new.is_some() {
                fresh.push(file);
            }
        }
        self.write_index()?;
        fresh.extend(self.index.path().map(Path::to_owned));
        Ok(fresh)
    }

    /// Puts one file in its place; tells whether it has the new content now.
    fn place(&self, step: &Step, file: &Path, care: Care) -> io::Result<bool> {
        let temporary = temporary(file);
        if care == Care::Remains {
            remove(&temporary)?;
        }
        let found = content(file);
        let now = match &found {
            Content::Missing => None,
            Content::File(bytes) => same_as(bytes, step),
            Content::Other => return Ok(false),
        };
        let torn = care == Care::Remains
            && match &found {
                Content::File(bytes) => bytes.iter().all(|byte| *byte == 0),
                _ => step.new.is_some(),
            };
        if now == step.target() {
            return Ok(true);
        }
        if now != step.old && !torn {
            return Ok(false);
        }
        match &step.new {
            Some((_, bytes)) => {
                if let Some(folder) = file.parent() {
                    fs::create_dir_all(folder)?;
                }
                durable::replace(file, &temporary, bytes)?;
            }
            None => {
                remove(file)?;
                self.prune(file);
            }
        }
        Ok(true)
    }

    /// Removes the folders that a removed file left empty.
    fn prune(&self, file: &Path) {
        for folder in file.ancestors().skip(1).take_while(|folder| *folder != self.root) {
            if fs::remove_dir(folder).is_err() {
                return; // not empty
            }
        }
    }

    /// Finds a link or a file that stands where a folder is needed: writing there leads astray.
    fn not_a_folder(&self, path: &str) -> Option<PathBuf> {
        let folders: Vec<&Path> = Path::new(path).ancestors().skip(1).collect();
        folders.into_iter().rev().filter(|folder| !folder.as_os_str().is_empty()).find_map(|it| {
            let folder = self.root.join(it);
            let wrong = fs::symlink_metadata(&folder).is_ok_and(|it| !it.is_dir());
            wrong.then_some(folder)
        })
    }

    fn has_conflict(&self, path: &str) -> bool {
        (1..=3).any(|stage| self.index.get_path(Path::new(path), stage).is_some())
    }

    fn write_index(&mut self) -> io::Result<()> {
        let index = &mut self.index;
        let written = patiently(PATIENCE, || match index.write() {
            Ok(()) => Ok(true),
            Err(error) if error.code() == ErrorCode::Locked => Ok(false),
            Err(error) => Err(io::Error::other(error)),
        })?;
        self.store.reached("index");
        if written { Ok(()) } else { Err(io::Error::other("git is working on the files")) }
    }
}

impl Step {
    fn target(&self) -> Option<Oid> {
        self.new.as_ref().map(|(id, _)| *id)
    }
}

enum Content {
    Missing,
    File(Vec<u8>),
    /// A link, a folder, or what cannot be read.
    Other,
}

fn content(file: &Path) -> Content {
    match fs::symlink_metadata(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Content::Missing,
        Ok(it) if it.is_file() => fs::read(file).map_or(Content::Other, Content::File),
        _ => Content::Other,
    }
}

/// Returns the id of a file's content; with line breaks as git has them, if only they differ.
fn same_as(bytes: &[u8], step: &Step) -> Option<Oid> {
    let id = Oid::hash_object(ObjectType::Blob, bytes).ok()?;
    if Some(id) == step.old || Some(id) == step.target() || !bytes.contains(&b'\r') {
        return Some(id);
    }
    let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n");
    let unix = Oid::hash_object(ObjectType::Blob, text.as_bytes()).ok()?;
    Some(if Some(unix) == step.old { unix } else { id })
}

/// Returns the file that is written before it takes the other's place. The name is always the
/// same, so that a later command finds what a killed one left.
fn temporary(file: &Path) -> PathBuf {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    file.with_file_name(format!(".{name}.space~"))
}

fn remove(file: &Path) -> io::Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Opens the index; one that a power cut left unreadable is made anew from the last commit.
fn open_index(store: &Store) -> Result<Index, git2::Error> {
    let path = store.repo.path().join("index");
    if let Ok(mut index) = store.repo.index()
        && index.read(true).is_ok()
        && fs::metadata(&path).is_ok_and(|it| it.len() > 0)
    {
        return Ok(index);
    }
    let _ = fs::remove_file(&path); // it may not be there
    let mut index = store.repo.index()?;
    index.read(true)?;
    if let Ok(head) = store.repo.head() {
        index.read_tree(&head.peel_to_tree()?)?;
    }
    Ok(index)
}

/// Makes the index's line for a file. Without what the disk says about it, git looks at it anew.
fn entry(path: &str, id: Oid, size: usize, known: Option<&fs::Metadata>) -> IndexEntry {
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
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "as git does")]
        {
            entry.ctime = IndexTime::new(known.ctime() as i32, known.ctime_nsec() as u32);
            entry.mtime = IndexTime::new(known.mtime() as i32, known.mtime_nsec() as u32);
            (entry.dev, entry.ino) = (known.dev() as u32, known.ino() as u32);
            (entry.uid, entry.gid) = (known.uid(), known.gid());
            entry.file_size = size as u32;
        }
    }
    #[cfg(not(unix))]
    let _ = (known, size, &mut entry);
    entry
}
