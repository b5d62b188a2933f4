//! git's tree objects as stored: read in one pass, and written with few changes.

use std::{borrow::Cow, cmp::Ordering, collections::BTreeMap};

use git2::{ObjectType, Oid};

use crate::store::{objects::database::Database, objects::pending::Objects};

/// One entry of a tree.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::store) struct TreeEntry<'t> {
    pub(in crate::store) mode: Mode,
    pub(in crate::store) name: &'t [u8],
    pub(in crate::store) id: Oid,
}

/// git's file modes; 0100644 is the only one valid for a record.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(in crate::store) enum Mode {
    File,
    Executable,
    Link,
    Folder,
    Module,
}

impl Mode {
    fn of(digits: &[u8]) -> Option<Self> {
        Some(match digits {
            b"40000" | b"040000" => Self::Folder,
            b"100755" => Self::Executable,
            b"120000" => Self::Link,
            b"160000" => Self::Module,
            _ if digits.starts_with(b"100") => Self::File,
            _ => return None,
        })
    }

    /// Converts the mode number of git's index.
    pub(in crate::store) const fn of_number(number: u32) -> Option<Self> {
        Some(match number & 0o170_000 {
            0o100_000 if number & 0o100 != 0 => Self::Executable,
            0o100_000 => Self::File,
            0o120_000 => Self::Link,
            0o040_000 => Self::Folder,
            0o160_000 => Self::Module,
            _ => return None,
        })
    }

    const fn digits(self) -> &'static str {
        match self {
            Self::File => "100644",
            Self::Executable => "100755",
            Self::Link => "120000",
            Self::Folder => "40000",
            Self::Module => "160000",
        }
    }
}

impl TreeEntry<'_> {
    /// Returns the name for display.
    pub(in crate::store) fn shown(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(self.name)
    }

    /// Returns the name if it is valid UTF-8.
    pub(in crate::store) fn text(&self) -> Option<&str> {
        std::str::from_utf8(self.name).ok()
    }

    /// Compares in git's order: a folder sorts as if its name ended in `/`.
    pub(in crate::store) fn order(&self, other: &TreeEntry<'_>) -> Ordering {
        let ends = |e: &TreeEntry<'_>| (e.mode == Mode::Folder).then_some(b'/');
        let mine = self.name.iter().copied().chain(ends(self));
        mine.cmp(other.name.iter().copied().chain(ends(other)))
    }
}

/// Iterates over the entries of a tree object; stops where the bytes are not a tree.
pub(in crate::store) fn entries(bytes: &[u8]) -> impl Iterator<Item = TreeEntry<'_>> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let blank = rest.iter().position(|b| *b == b' ')?;
        let mode = Mode::of(&rest[..blank])?;
        let tail = &rest[blank + 1..];
        let end = tail.iter().position(|b| *b == 0)?;
        let id = Oid::from_bytes(tail.get(end + 1..end + 21)?).ok()?;
        rest = &tail[end + 21..];
        Some(TreeEntry { mode, name: &tail[..end], id })
    })
}

/// Finds one name in a tree object.
pub(in crate::store) fn find<'t>(bytes: &'t [u8], name: &[u8]) -> Option<TreeEntry<'t>> {
    entries(bytes).find(|entry| entry.name == name)
}

/// The edits of the names in one folder.
#[derive(Debug, Default)]
pub(in crate::store) struct Edits(BTreeMap<Vec<u8>, Edit>);

#[derive(Debug)]
enum Edit {
    Put(Mode, Oid),
    Remove,
    Within(Edits),
}

impl Edits {
    /// Sets or removes the content of a path, with `/` between its parts.
    pub(in crate::store) fn set(&mut self, path: &[u8], content: Option<(Mode, Oid)>) {
        let Some(end) = path.iter().position(|byte| *byte == b'/') else {
            let edit = content.map_or(Edit::Remove, |(mode, id)| Edit::Put(mode, id));
            self.0.insert(path.to_vec(), edit);
            return;
        };
        let (folder, rest) = (&path[..end], &path[end + 1..]);
        let within = self.0.entry(folder.to_vec());
        if let Edit::Within(edits) = within.or_insert_with(|| Edit::Within(Self::default())) {
            edits.set(rest, content);
        }
    }

    /// Applies the edits to a tree, adds the new trees, and returns the id of the top one.
    ///
    /// Like git, it leaves out empty folders.
    pub(in crate::store) fn write(
        &self,
        database: Database<'_>,
        tree: Option<Oid>,
        objects: &mut Objects,
    ) -> Result<Option<Oid>, git2::Error> {
        let object = tree.map(|id| database.read(id)).transpose()?;
        let old = object.as_deref().unwrap_or_default();
        let mut news = Vec::new();
        for (name, edit) in &self.0 {
            match edit {
                Edit::Put(mode, id) => news.push(TreeEntry { mode: *mode, name, id: *id }),
                Edit::Remove => {}
                Edit::Within(edits) => {
                    let former = match find(old, name) {
                        Some(entry) if entry.mode != Mode::Folder => {
                            let name = entry.shown();
                            let said = format!("`{name}` is a file, but a folder is needed");
                            return Err(git2::Error::from_str(&said));
                        }
                        entry => entry.map(|entry| entry.id),
                    };
                    if let Some(id) = edits.write(database, former, objects)? {
                        news.push(TreeEntry { mode: Mode::Folder, name, id });
                    }
                }
            }
        }
        news.sort_by(TreeEntry::order);
        let kept = entries(old).filter(|entry| !self.0.contains_key(entry.name));
        let bytes = merge(kept, news, old.len());
        if bytes.is_empty() {
            return Ok(None);
        }
        objects.add(ObjectType::Tree, &bytes).map(Some)
    }
}

/// Returns the bytes of a tree object with these sorted entries.
pub(in crate::store) fn written(entries: Vec<TreeEntry<'_>>) -> Vec<u8> {
    merge(std::iter::empty(), entries, 0)
}

fn merge<'t>(
    kept: impl Iterator<Item = TreeEntry<'t>>,
    news: Vec<TreeEntry<'t>>,
    room: usize,
) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(room + news.len() * 64);
    let mut put = |entry: TreeEntry<'_>| {
        bytes.extend_from_slice(entry.mode.digits().as_bytes());
        bytes.push(b' ');
        bytes.extend_from_slice(entry.name);
        bytes.push(0);
        bytes.extend_from_slice(entry.id.as_bytes());
    };
    let mut news = news.into_iter().peekable();
    for entry in kept {
        while let Some(new) = news.next_if(|new| new.order(&entry) == Ordering::Less) {
            put(new);
        }
        put(entry);
    }
    news.for_each(put);
    bytes
}
