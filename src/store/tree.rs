//! git's tree objects as they lie in the database: read without copies, written with few changes.

use std::{borrow::Cow, cmp::Ordering, collections::BTreeMap};

use git2::{ObjectType, Odb, Oid};

use super::objects::Objects;

/// What a tree says about one name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Entry<'t> {
    pub(super) mode: Mode,
    pub(super) name: &'t [u8],
    pub(super) id: Oid,
}

/// The modes of git; 0100644 is the only one that a record has.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Mode {
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

impl Entry<'_> {
    /// Returns the name as a person is shown it.
    pub(super) fn shown(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(self.name)
    }

    /// Returns the name if it is text.
    pub(super) fn text(&self) -> Option<&str> {
        std::str::from_utf8(self.name).ok()
    }

    /// Compares as git sorts: a folder as if its name ended in `/`.
    pub(super) fn order(&self, other: &Entry<'_>) -> Ordering {
        let ends = |e: &Entry<'_>| (e.mode == Mode::Folder).then_some(b'/');
        let mine = self.name.iter().copied().chain(ends(self));
        mine.cmp(other.name.iter().copied().chain(ends(other)))
    }
}

/// Goes through the bytes of a tree object; stops where they are no tree.
pub(super) fn entries(bytes: &[u8]) -> impl Iterator<Item = Entry<'_>> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let blank = rest.iter().position(|b| *b == b' ')?;
        let mode = Mode::of(&rest[..blank])?;
        let tail = &rest[blank + 1..];
        let end = tail.iter().position(|b| *b == 0)?;
        let id = Oid::from_bytes(tail.get(end + 1..end + 21)?).ok()?;
        rest = &tail[end + 21..];
        Some(Entry { mode, name: &tail[..end], id })
    })
}

/// Finds one name in the bytes of a tree object.
pub(super) fn find<'t>(bytes: &'t [u8], name: &[u8]) -> Option<Entry<'t>> {
    entries(bytes).find(|entry| entry.name == name)
}

/// Finds a path, `/` between its parts, from a tree down.
pub(super) fn descend(
    odb: &Odb<'_>,
    tree: Oid,
    path: &str,
) -> Result<Option<(Mode, Oid)>, git2::Error> {
    let mut at = (Mode::Folder, tree);
    for name in path.split('/').filter(|name| !name.is_empty()) {
        if at.0 != Mode::Folder {
            return Ok(None);
        }
        let object = odb.read(at.1)?;
        match find(object.data(), name.as_bytes()) {
            Some(entry) => at = (entry.mode, entry.id),
            None => return Ok(None),
        }
    }
    Ok(Some(at))
}

/// What becomes of the names of one folder.
#[derive(Debug, Default)]
pub(super) struct Edits(BTreeMap<Vec<u8>, Edit>);

#[derive(Debug)]
enum Edit {
    Put(Oid),
    Remove,
    Within(Edits),
}

impl Edits {
    /// Notes that a path, `/` between its parts, gets this content, or goes.
    pub(super) fn set(&mut self, path: &str, content: Option<Oid>) {
        let Some((folder, rest)) = path.split_once('/') else {
            let edit = content.map_or(Edit::Remove, Edit::Put);
            self.0.insert(path.as_bytes().to_vec(), edit);
            return;
        };
        let within = self.0.entry(folder.as_bytes().to_vec());
        if let Edit::Within(edits) = within.or_insert_with(|| Edit::Within(Self::default())) {
            edits.set(rest, content);
        }
    }

    /// Adds the trees that these edits make of a tree; returns the new one.
    ///
    /// An empty folder is left out, as git does.
    pub(super) fn write(
        &self,
        odb: &Odb<'_>,
        tree: Option<Oid>,
        objects: &mut Objects,
    ) -> Result<Option<Oid>, git2::Error> {
        let object = tree.map(|id| odb.read(id)).transpose()?;
        let old = object.as_ref().map_or(&[][..], |object| object.data());
        let mut news = Vec::new();
        for (name, edit) in &self.0 {
            match edit {
                Edit::Put(id) => news.push(Entry { mode: Mode::File, name, id: *id }),
                Edit::Remove => {}
                Edit::Within(edits) => {
                    let former = match find(old, name) {
                        Some(entry) if entry.mode != Mode::Folder => {
                            let name = entry.shown();
                            let said = format!("`{name}` is a file where a folder is needed");
                            return Err(git2::Error::from_str(&said));
                        }
                        entry => entry.map(|entry| entry.id),
                    };
                    if let Some(id) = edits.write(odb, former, objects)? {
                        news.push(Entry { mode: Mode::Folder, name, id });
                    }
                }
            }
        }
        news.sort_by(Entry::order);
        let kept = entries(old).filter(|entry| !self.0.contains_key(entry.name));
        let bytes = merge(kept, news, old.len());
        if bytes.is_empty() {
            return Ok(None);
        }
        objects.add(ObjectType::Tree, &bytes).map(Some)
    }
}

/// Returns the bytes of a tree object with these entries, which are sorted.
pub(super) fn written(entries: Vec<Entry<'_>>) -> Vec<u8> {
    merge(std::iter::empty(), entries, 0)
}

fn merge<'t>(kept: impl Iterator<Item = Entry<'t>>, news: Vec<Entry<'t>>, room: usize) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(room + news.len() * 64);
    let mut put = |entry: Entry<'_>| {
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
