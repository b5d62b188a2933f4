//! Finds the checked-out files that differ from the newest commit. Files known to git's index are
//! not read: like git, it compares what the file system says about them.

use std::{
    collections::BTreeMap,
    fs, io,
    ops::Range,
    path::{Path, PathBuf},
    time::{SystemTime, UNIX_EPOCH},
};

use git2::{ObjectType, Oid};

use crate::{
    domain::model::{RecordPath, record_path},
    store::{
        Changed, Store, StoreError,
        disk::io_at,
        objects::tree::Mode,
        parallel,
        write::index::{self, file::IndexFile, trees::Folder},
    },
};

/// The depth from which a folder is a separate job: `members/00`.
const JOB: usize = 2;

/// What the files are compared with.
struct Known<'k> {
    root: &'k Path,
    index: &'k IndexFile,
    /// The time the index was written. Files changed at that moment or later may have changed
    /// unnoticed.
    since: (u32, u32),
}

/// One folder in all three: on the disk, in the index, in the newest commit.
struct At<'k> {
    path: String,
    on_disk: bool,
    entries: Range<usize>,
    folder: Option<&'k Folder<'k>>,
    tree: Option<Oid>,
}

/// One name of a folder, in all three.
#[derive(Default)]
struct Name<'k> {
    on_disk: Option<fs::DirEntry>,
    entry: Option<usize>,
    entries: Option<Range<usize>>,
    folder: Option<&'k Folder<'k>>,
    committed: Option<(Mode, Oid)>,
}

impl Store {
    /// Lists the checked-out files that differ from the newest commit, sorted by path. Names that
    /// begin with a dot at the top level belong to git and are skipped.
    ///
    /// # Errors
    /// A folder or a file cannot be read.
    pub fn unsaved_files(&self) -> Result<Vec<Changed>, StoreError> {
        let Some(root) = self.workdir() else { return Ok(Vec::new()) };
        let tree = self.tree_of(self.head()?)?;
        let (index, since) = read_index(&self.git_dir().join("index"));
        let folder = index.extension(b"TREE").and_then(Folder::read);
        let known = Known { root, index: &index, since };
        let top = At {
            path: String::new(),
            on_disk: true,
            entries: 0..index.len(),
            folder: folder.as_ref(),
            tree: Some(tree),
        };
        let fail = io_at(root);
        let (mut changes, mut later) = (Vec::new(), Vec::new());
        self.look_into(&known, top, &mut changes, &mut later, 0).map_err(&fail)?;
        let work = |job: usize| {
            let mut changes = Vec::new();
            known.look_below(&later[job], &mut changes).map(|()| changes)
        };
        let take = |done: io::Result<Vec<Changed>>| done.map(|mut it| changes.append(&mut it));
        parallel::in_order(later.len(), work, take).map_err(fail)?;
        changes.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(changes)
    }

    /// Visits a folder whose content in the newest commit need not be known.
    fn look_into<'k>(
        &self,
        known: &Known<'k>,
        at: At<'k>,
        changes: &mut Vec<Changed>,
        later: &mut Vec<At<'k>>,
        depth: usize,
    ) -> io::Result<()> {
        if at.is_known() && depth >= JOB {
            later.push(at);
            return Ok(());
        }
        let names = if at.is_known() {
            known.names(&at)?
        } else {
            let read = |id| self.database().tree(id);
            let tree = at.tree.map(read).transpose();
            let tree = tree.map_err(|damage| io::Error::other(damage.to_string()))?;
            let mut names = known.names(&at)?;
            names.values_mut().for_each(|name| name.committed = None);
            for entry in tree.unwrap_or_default().entries() {
                let name = names.entry(entry.name.to_vec()).or_default();
                name.committed = Some((entry.mode, entry.id));
            }
            names
        };
        for (name, it) in names {
            if let Some(inner) = known.compare(&at, &name, it, changes)? {
                self.look_into(known, inner, changes, later, depth + 1)?;
            }
        }
        Ok(())
    }
}

impl<'k> Known<'k> {
    /// Visits a folder whose tree is known to be that of the newest commit.
    fn look_below(&self, at: &At<'k>, changes: &mut Vec<Changed>) -> io::Result<()> {
        for (name, it) in self.names(at)? {
            if let Some(inner) = self.compare(at, &name, it, changes)? {
                self.look_below(&inner, changes)?;
            }
        }
        Ok(())
    }

    /// Lists what a folder has on the disk and in the index; if the folder's tree is known, the
    /// index agrees with the commit.
    fn names(&self, at: &At<'k>) -> io::Result<BTreeMap<Vec<u8>, Name<'k>>> {
        let mut names: BTreeMap<Vec<u8>, Name<'k>> = BTreeMap::new();
        let above = if at.path.is_empty() { 0 } else { at.path.len() + 1 };
        let mut next = at.entries.start;
        while next < at.entries.end {
            let entry = self.index.entry(next);
            let rest = entry.path().get(above..).unwrap_or_default();
            let Some(end) = rest.iter().position(|byte| *byte == b'/') else {
                let name = names.entry(rest.to_vec()).or_default();
                if entry.stage() == 0 {
                    name.entry = Some(next);
                    name.committed = Some((mode(entry.mode()), entry.id()));
                }
                next += 1;
                continue;
            };
            let name = &rest[..end];
            let folder = at.folder.and_then(|it| it.inner(name));
            let length = folder.and_then(|it| it.known).map_or_else(
                || {
                    let prefix = &entry.path()[..above + end + 1];
                    let inside = |at: &usize| self.index.entry(*at).path().starts_with(prefix);
                    (next..at.entries.end).take_while(inside).count()
                },
                |(count, _)| count.clamp(1, at.entries.end - next),
            );
            let it = names.entry(name.to_vec()).or_default();
            it.entries = Some(next..next + length);
            it.folder = folder;
            if let Some((_, tree)) = folder.and_then(|it| it.known) {
                it.committed = Some((Mode::Folder, tree));
            }
            next += length;
        }
        if !at.on_disk {
            return Ok(names);
        }
        let listed = match fs::read_dir(self.root.join(&at.path)) {
            Ok(listed) => listed,
            Err(error) if gone(&error) => return Ok(names),
            Err(error) => return Err(error),
        };
        for item in listed {
            let item = item?;
            let name = item.file_name().into_encoded_bytes();
            if name != b".git" {
                names.entry(name).or_default().on_disk = Some(item);
            }
        }
        Ok(names)
    }

    /// Compares one name; returns the folder, if it is one in any of the three.
    fn compare(
        &self,
        at: &At<'k>,
        name: &[u8],
        it: Name<'k>,
        changes: &mut Vec<Changed>,
    ) -> io::Result<Option<At<'k>>> {
        if at.path.is_empty() && name.starts_with(b".") {
            return Ok(None);
        }
        let shown = String::from_utf8_lossy(name);
        let path =
            if at.path.is_empty() { shown.into_owned() } else { format!("{}/{shown}", at.path) };
        let tree = it.committed.filter(|(mode, _)| *mode == Mode::Folder).map(|(_, id)| id);
        let old = it.committed.filter(|(mode, _)| *mode != Mode::Folder);
        let kind = it.on_disk.as_ref().map(fs::DirEntry::file_type).transpose()?;
        let is_folder = kind.is_some_and(|it| it.is_dir());
        let new = match it.on_disk.as_ref().filter(|_| !is_folder) {
            Some(item) => self.content(item, it.entry)?,
            // A sparse checkout leaves out what git was told not to look at.
            None if !is_folder => it
                .entry
                .map(|at| self.index.entry(at))
                .and_then(|entry| entry.is_special().then(|| (mode(entry.mode()), entry.id()))),
            None => None,
        };
        // The content of a submodule is not compared.
        let module = is_folder && old.is_some_and(|(mode, _)| mode == Mode::Module);
        if old != new && !module {
            let (old, new) = (old.map(|(_, id)| id), new.map(|(_, id)| id));
            let record_path = RecordPath::of(&path).ok().flatten();
            changes.push(Changed { path: path.clone(), record_path, old, new });
        }
        let folder = (is_folder && !module) || tree.is_some();
        if folder && !record_path::holds(&path) {
            // One at the top is of no concern, unless it is meant for one of records.
            if !at.path.is_empty() || record_path::meant(&path).is_some() {
                let there = is_folder && !module && has_files(&self.root.join(&path))?;
                changes.extend(stray(path, tree, there));
            }
            return Ok(None);
        }
        Ok(folder.then(|| At {
            path,
            on_disk: is_folder,
            entries: it.entries.unwrap_or(0..0),
            folder: it.folder,
            tree,
        }))
    }

    /// Returns the current content of a file: that in the index, unless something suggests
    /// otherwise.
    fn content(
        &self,
        item: &fs::DirEntry,
        entry: Option<usize>,
    ) -> io::Result<Option<(Mode, Oid)>> {
        let found = match item.metadata() {
            Ok(found) => found,
            Err(error) if gone(&error) => return Ok(None),
            Err(error) => return Err(error),
        };
        let mode = match () {
            () if found.is_symlink() => Mode::Link,
            () if !found.is_file() => return Ok(None), // a socket or similar
            () if is_program(&found) => Mode::Executable,
            () => Mode::File,
        };
        let entry = entry.map(|at| self.index.entry(at)).filter(|entry| {
            let settled = entry.written() < self.since && !entry.is_special();
            settled && self::mode(entry.mode()) == mode && entry.fits(&index::stat(&found))
        });
        if let Some(entry) = entry {
            return Ok(Some((mode, entry.id())));
        }
        let bytes = match mode {
            Mode::Link => {
                fs::read_link(item.path()).map(|to| to.into_os_string().into_encoded_bytes())
            }
            _ => fs::read(item.path()),
        };
        let id = Oid::hash_object(ObjectType::Blob, &bytes?).map_err(io::Error::other)?;
        Ok(Some((mode, id)))
    }
}

impl At<'_> {
    fn is_known(&self) -> bool {
        let known = self.folder.and_then(|folder| folder.known).map(|(_, tree)| tree);
        known.is_some() && known == self.tree
    }
}

/// Describes a folder in which no records lie. Nobody looks into it; of one that lies among records it
/// counts that it is there, be it in the place of a record.
fn stray(path: String, committed: Option<Oid>, there: bool) -> Option<Changed> {
    let record_path = RecordPath::of(&path).ok().flatten();
    if there == committed.is_some() || (record_path.is_some() && !there) {
        return None;
    }
    // Whatever is in it.
    let new = there.then_some(Oid::ZERO_SHA1);
    Some(Changed { path, record_path, old: committed, new })
}

/// Tells whether there is a file in a folder, or below it: git keeps none without.
fn has_files(path: &Path) -> io::Result<bool> {
    for item in fs::read_dir(path)? {
        let item = item?;
        let kind = item.file_type()?;
        let found = match kind.is_dir() {
            true => item.file_name() != ".git" && has_files(&item.path())?,
            false => kind.is_file() || kind.is_symlink(),
        };
        if found {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Reads the index and its time of writing; an empty one if it cannot be read.
fn read_index(path: &PathBuf) -> (IndexFile, (u32, u32)) {
    let read = || {
        let mut file = fs::File::open(path).ok()?;
        let written = file.metadata().ok()?.modified().ok()?;
        let mut bytes = Vec::new();
        io::Read::read_to_end(&mut file, &mut bytes).ok()?;
        Some((IndexFile::parse(bytes)?, moment(written)))
    };
    read().unwrap_or_else(|| (IndexFile::empty(), (0, 0)))
}

fn moment(at: SystemTime) -> (u32, u32) {
    let since = at.duration_since(UNIX_EPOCH).unwrap_or_default();
    #[expect(clippy::cast_possible_truncation, reason = "as git does")]
    (since.as_secs() as u32, since.subsec_nanos())
}

fn mode(digits: u32) -> Mode {
    match digits {
        0o100_755 => Mode::Executable,
        0o120_000 => Mode::Link,
        0o160_000 => Mode::Module,
        _ => Mode::File,
    }
}

fn gone(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

fn is_program(found: &fs::Metadata) -> bool {
    #[cfg(unix)]
    return std::os::unix::fs::MetadataExt::mode(found) & 0o100 != 0;
    #[cfg(not(unix))]
    return found.is_symlink();
}

#[cfg(test)]
mod tests;
