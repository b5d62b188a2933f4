//! The checked-out files and git's index, kept in step with this program's commits.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use git2::{ObjectType, Oid};

use crate::store::{
    Store, StoreError,
    disk::durable::{self, remove},
    parallel,
    write::index::HeldIndex,
};

/// The number of files in one job. They mostly lie in few folders, and two threads that write to
/// one folder would wait for each other.
const FILES_PER_JOB: usize = 128;

/// The checked-out files of a repository that is not bare.
pub(in crate::store) struct Worktree<'s> {
    store: &'s Store,
    root: PathBuf,
    index: HeldIndex,
}

/// One file that changes from one commit to the next.
pub(in crate::store) struct Step {
    pub(in crate::store) path: String,
    pub(in crate::store) old: Option<Oid>,
    pub(in crate::store) new: Option<(Oid, Vec<u8>)>,
    /// Other contents that this program gave the file on the way from the old one to the new one.
    pub(in crate::store) between: Vec<Option<Oid>>,
}

/// Which files may be overwritten.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::store) enum OverwriteRule {
    /// Files as they are in the older commit.
    Exact,
    /// Those, and the remains of an interrupted command: files that are missing, empty or all
    /// zeros.
    Remains,
}

impl<'s> Worktree<'s> {
    /// Opens the files; a bare repository has none. Waits a little if git is working on them.
    pub(in crate::store) fn open(store: &'s Store) -> Result<Option<Self>, StoreError> {
        let Some(root) = store.workdir().map(Path::to_owned) else { return Ok(None) };
        let index = HeldIndex::take(store)?;
        Ok(Some(Self { store, root, index }))
    }

    /// Lists the files in these steps that have uncommitted edits.
    pub(in crate::store) fn unsaved(&self, steps: &[Step]) -> Result<Vec<String>, StoreError> {
        let (mut names, mut sound) = (Vec::new(), None);
        for step in steps {
            let folder = Path::new(&step.path).parent();
            if sound != folder
                && let Some(link) = not_a_folder(&self.root, &step.path)
            {
                return Err(StoreError::InTheWay(link));
            }
            sound = folder;
            let expected = |id: Option<Oid>| id == step.old || id == step.target();
            let file = self.root.join(&step.path);
            let saved = match content(&file) {
                Content::Missing => expected(None),
                Content::Other => false,
                Content::File(bytes) => expected(content_id(&bytes, step)),
            };
            let staged = self.index.staged(&step.path);
            if !saved || !expected(staged) || self.index.has_conflict(&step.path) {
                names.push(step.path.clone());
            }
        }
        Ok(names)
    }

    /// Updates the index to the next commit before the branch moves there.
    ///
    /// If somebody commits with git at the same moment, their commit then includes this change; if
    /// the branch moved first, they would undo it without noticing.
    pub(in crate::store) fn stage(
        &mut self,
        steps: &[Step],
        trees: (Option<Oid>, Oid),
    ) -> io::Result<()> {
        for step in steps {
            self.index.set(&step.path, step.target(), None);
        }
        self.index.update_trees(self.store, trees.0, trees.1);
        self.index.write()?;
        self.store.reached("staged");
        Ok(())
    }

    /// Undoes [`Worktree::stage`], except where somebody has staged something else since.
    pub(in crate::store) fn unstage(&mut self, steps: &[Step]) -> io::Result<()> {
        let mut touched = false;
        for step in steps {
            if self.index.staged(&step.path) == step.target() {
                self.index.set(&step.path, step.old, None);
                touched = true;
            }
        }
        if touched { self.index.write().map(drop) } else { Ok(()) }
    }

    /// Stages the new contents again where the index has the old ones although the files have the
    /// new ones; tells whether there was anything to do.
    pub(in crate::store) fn restage(&mut self, steps: &[Step]) -> io::Result<bool> {
        let mut touched = false;
        for step in steps {
            let (old, new) = (step.old, step.target());
            let staged = self.index.staged(&step.path);
            if old == new || staged != old || self.index.has_conflict(&step.path) {
                continue;
            }
            if holds(&self.root.join(&step.path), new) {
                self.index.set(&step.path, new, None);
                touched = true;
            }
        }
        if touched {
            self.index.write()?;
        }
        Ok(touched)
    }

    /// Updates files and index from one commit to the next; returns the newly written files. A
    /// file that somebody has edited in the meantime stays as it is. `trees` are those of the two
    /// commits.
    pub(in crate::store) fn update(
        &mut self,
        steps: &[Step],
        care: OverwriteRule,
        trees: (Option<Oid>, Oid),
    ) -> io::Result<Vec<PathBuf>> {
        let (mut fresh, mut touched) = (Vec::new(), self.index.is_small());
        let root = &self.root;
        let update = |step: &Step| update_file(root, step, care);
        let unreachable =
            |step: &Step| leads_outside(&step.path) || not_a_folder(root, &step.path).is_some();
        let mut record = |step: &Step, placed: io::Result<Outcome>| -> io::Result<()> {
            let placed = placed?;
            self.store.reached("file");
            let staged = self.index.staged(&step.path);
            if !step.knows(staged) {
                return Ok(()); // somebody's staged edit
            }
            touched |= staged != step.target();
            let known = match &placed {
                Outcome::Done(known) => known.as_ref(),
                Outcome::Left => None,
            };
            self.index.set(&step.path, step.target(), known);
            if step.new.is_some() && matches!(placed, Outcome::Done(_)) {
                fresh.push(self.root.join(&step.path));
            }
            Ok(())
        };
        // Removals come last: they also remove empty folders, unless something new is there.
        let (new, gone): (Vec<&Step>, Vec<&Step>) = steps.iter().partition(|it| it.new.is_some());
        let jobs: Vec<&[&Step]> = new.chunks(FILES_PER_JOB).collect();
        let work = |job: usize| -> Vec<_> {
            let (mut done, mut sound) = (Vec::with_capacity(jobs[job].len()), None);
            for step in jobs[job] {
                let folder = Path::new(&step.path).parent();
                if sound == Some(folder) || !unreachable(step) {
                    sound = Some(folder);
                    done.push((*step, update(step)));
                } else {
                    done.push((*step, Ok(Outcome::Left)));
                }
            }
            done
        };
        let take = |done: Vec<_>| done.into_iter().try_for_each(|(step, it)| record(step, it));
        parallel::in_order(jobs.len(), work, take)?;
        gone.into_iter().try_for_each(|step| {
            record(step, if unreachable(step) { Ok(Outcome::Left) } else { update(step) })
        })?;
        if touched {
            self.index.update_trees(self.store, trees.0, trees.1);
            self.index.write()?;
        }
        fresh.push(self.index.path().to_owned());
        self.store.reached("index");
        Ok(fresh)
    }
}

/// Finds a link or a file that stands where a folder is needed: writing there would lead outside.
fn not_a_folder(root: &Path, path: &str) -> Option<PathBuf> {
    let folders: Vec<&Path> = Path::new(path).ancestors().skip(1).collect();
    folders.into_iter().rev().filter(|folder| !folder.as_os_str().is_empty()).find_map(|it| {
        let folder = root.join(it);
        let wrong = fs::symlink_metadata(&folder).is_ok_and(|it| !it.is_dir());
        wrong.then_some(folder)
    })
}

/// Tells whether a path leads outside the folders of the space, or into git's own folder.
fn leads_outside(path: &str) -> bool {
    path.contains('\\')
        || path.split('/').any(|name| {
            matches!(name, "" | "." | "..")
                || name.eq_ignore_ascii_case(".git")
                || name.eq_ignore_ascii_case("git~1")
        })
}

impl Step {
    /// Tells whether a content is the old one, the new one, or one on the way.
    fn knows(&self, content: Option<Oid>) -> bool {
        content == self.old || content == self.target() || self.between.contains(&content)
    }

    fn target(&self) -> Option<Oid> {
        self.new.as_ref().map(|(id, _)| *id)
    }
}

/// The result for one file.
enum Outcome {
    /// It has the new content or is removed; with the file system's data about it.
    Done(Option<fs::Metadata>),
    /// Somebody has edited it, so it stays as it is.
    Left,
}

/// Updates one file.
fn update_file(root: &Path, step: &Step, care: OverwriteRule) -> io::Result<Outcome> {
    let file = root.join(&step.path);
    let temporary = temporary(&file);
    if care == OverwriteRule::Remains {
        remove(&temporary)?;
    }
    let found = content(&file);
    let now = match &found {
        Content::Missing => None,
        Content::File(bytes) => content_id(bytes, step),
        Content::Other => return Ok(Outcome::Left),
    };
    let torn = care == OverwriteRule::Remains
        && match &found {
            Content::File(bytes) => bytes.iter().all(|byte| *byte == 0),
            _ => step.new.is_some(),
        };
    if now != step.target() {
        if !step.knows(now) && !torn {
            return Ok(Outcome::Left);
        }
        match &step.new {
            Some((_, bytes)) => write(&file, &temporary, bytes)?,
            None => {
                remove(&file)?;
                prune(root, &file);
            }
        }
    }
    Ok(Outcome::Done(fs::symlink_metadata(&file).ok()))
}

/// Writes a file; most are new in an existing folder.
fn write(file: &Path, temporary: &Path, bytes: &[u8]) -> io::Result<()> {
    match durable::replace(file, temporary, bytes) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            fs::create_dir_all(file.parent().unwrap_or(file))?;
            durable::replace(file, temporary, bytes)
        }
        done => done,
    }
}

/// Removes the folders that became empty.
fn prune(root: &Path, file: &Path) {
    for folder in file.ancestors().skip(1).take_while(|folder| *folder != root) {
        if fs::remove_dir(folder).is_err() {
            return; // not empty
        }
    }
}

enum Content {
    Missing,
    File(Vec<u8>),
    /// A link, a folder, or something unreadable.
    Other,
}

fn content(file: &Path) -> Content {
    match fs::symlink_metadata(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Content::Missing,
        Ok(it) if it.is_file() => fs::read(file).map_or(Content::Other, Content::File),
        _ => Content::Other,
    }
}

/// Tells whether a checked-out file has a content, whatever its line breaks, or is missing if there
/// is none.
pub(in crate::store) fn holds(file: &Path, wanted: Option<Oid>) -> bool {
    let hash = |bytes: &[u8]| Oid::hash_object(ObjectType::Blob, bytes).ok();
    match content(file) {
        Content::Missing => wanted.is_none(),
        Content::Other => false,
        Content::File(bytes) => {
            wanted.is_some()
                && (hash(&bytes) == wanted
                    || hash(String::from_utf8_lossy(&bytes).replace("\r\n", "\n").as_bytes())
                        == wanted)
        }
    }
}

/// Returns the id of a file's content; if only its line breaks differ, of that with git's line
/// breaks.
fn content_id(bytes: &[u8], step: &Step) -> Option<Oid> {
    let id = Oid::hash_object(ObjectType::Blob, bytes).ok()?;
    if Some(id) == step.old || Some(id) == step.target() || !bytes.contains(&b'\r') {
        return Some(id);
    }
    let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n");
    let unix = Oid::hash_object(ObjectType::Blob, text.as_bytes()).ok()?;
    Some(if Some(unix) == step.old { unix } else { id })
}

/// Returns the file that is written before it replaces the other. Its name is always the same, so
/// that a later command finds what a killed one left.
fn temporary(file: &Path) -> PathBuf {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    file.with_file_name(format!(".{name}.space~"))
}
