//! git's tree objects, with one reader for the whole program.
//!
//! A tree that git would not have written can be read in more than one way: of two entries with
//! the same name, one program sees the first and another the second. So it is not read at all.

use std::{borrow::Cow, cmp::Ordering};

use git2::Oid;

/// The id of the tree with nothing in it. git writes one for a commit without files, and never for a
/// folder: it keeps none that has no file.
const EMPTY: [u8; 20] = [
    0x4b, 0x82, 0x5d, 0xc6, 0x42, 0xcb, 0x6e, 0xb9, 0xa0, 0x60, 0xe5, 0x4b, 0xf8, 0xd6, 0x92, 0x88,
    0xfb, 0xee, 0x49, 0x04,
];

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
            b"40000" => Self::Folder,
            b"100644" => Self::File,
            b"100755" => Self::Executable,
            b"120000" => Self::Link,
            b"160000" => Self::Module,
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

    /// Returns the mode number of git's index.
    pub(in crate::store) const fn number(self) -> u32 {
        match self {
            Self::File => 0o100_644,
            Self::Executable => 0o100_755,
            Self::Link => 0o120_000,
            Self::Folder => 0o040_000,
            Self::Module => 0o160_000,
        }
    }

    pub(super) const fn digits(self) -> &'static str {
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

/// A tree as git writes it: every entry can be read, is in its order, and has a name of its own.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(in crate::store) struct Tree(Vec<u8>);

impl Tree {
    /// Reads the bytes of a tree object.
    ///
    /// # Errors
    /// It differs from what git would have written; the message says how.
    pub(in crate::store) fn read(bytes: Vec<u8>) -> Result<Self, String> {
        let (mut rest, mut last): (_, Option<TreeEntry<'_>>) = (&bytes[..], None);
        let (mut folders, mut others) = (false, false);
        while !rest.is_empty() {
            let (entry, tail) = split_entry(rest)?;
            if is_forbidden(entry.name) {
                return Err(format!("the name `{}` cannot be used", entry.shown()));
            }
            if entry.mode == Mode::Folder && entry.id.as_bytes() == EMPTY {
                return Err(format!("the folder `{}` is empty", entry.shown()));
            }
            match last.map(|last| last.order(&entry)) {
                Some(Ordering::Equal) => return Err(duplicate(&entry)),
                Some(Ordering::Greater) => {
                    return Err(format!("`{}` does not stand where git sorts it", entry.shown()));
                }
                Some(Ordering::Less) | None => {}
            }
            match entry.mode {
                Mode::Folder => folders = true,
                _ => others = true,
            }
            (last, rest) = (Some(entry), tail);
        }
        let tree = Self(bytes);
        // A file and a folder of one name are not next to each other: `a`, `a-b`, `a/`.
        match if folders && others { tree.first_duplicate() } else { None } {
            Some(entry) => Err(duplicate(&entry)),
            None => Ok(tree),
        }
    }

    /// Goes through the entries.
    pub(in crate::store) fn entries(&self) -> impl Iterator<Item = TreeEntry<'_>> {
        let mut rest = &self.0[..];
        std::iter::from_fn(move || {
            // `read` has accepted all entries, so only the end of the bytes is an error.
            let (entry, tail) = split_entry(rest).ok()?;
            rest = tail;
            Some(entry)
        })
    }

    /// Goes through the folders in it.
    pub(in crate::store) fn folders(&self) -> impl Iterator<Item = TreeEntry<'_>> {
        self.entries().filter(|entry| entry.mode == Mode::Folder)
    }

    /// Finds one name.
    pub(in crate::store) fn find(&self, name: &[u8]) -> Option<TreeEntry<'_>> {
        self.entries().find(|entry| entry.name == name)
    }

    /// Returns its size in bytes.
    pub(in crate::store) const fn size(&self) -> usize {
        self.0.len()
    }

    /// Returns the first folder of a sorted tree with the name of an earlier file.
    fn first_duplicate(&self) -> Option<TreeEntry<'_>> {
        // Earlier files whose names are prefixes of the current one, each a prefix of the next.
        let mut before: Vec<&[u8]> = Vec::new();
        self.entries().find(|entry| {
            while before.last().is_some_and(|it| !entry.name.starts_with(it)) {
                before.pop();
            }
            if entry.mode == Mode::Folder {
                return before.last() == Some(&entry.name);
            }
            before.push(entry.name);
            false
        })
    }
}

/// Splits the first entry from the bytes of a tree.
fn split_entry(bytes: &[u8]) -> Result<(TreeEntry<'_>, &[u8]), String> {
    let torn = || "it ends in the middle of an entry".to_owned();
    let blank = bytes.iter().take(7).position(|byte| *byte == b' ');
    let digits = &bytes[..blank.unwrap_or(bytes.len().min(7))];
    let mode = Mode::of(digits).filter(|_| blank.is_some()).ok_or_else(|| {
        format!("`{}` is not a mode that git knows", String::from_utf8_lossy(digits))
    })?;
    let tail = &bytes[digits.len() + 1..];
    let end = tail.iter().position(|byte| *byte == 0).ok_or_else(torn)?;
    let id = tail.get(end + 1..end + 21).and_then(|id| Oid::from_bytes(id).ok());
    let entry = TreeEntry { mode, name: &tail[..end], id: id.ok_or_else(torn)? };
    Ok((entry, &tail[end + 21..]))
}

/// Tells whether a name would lead out of its folder, or into git's own.
fn is_forbidden(name: &[u8]) -> bool {
    matches!(name, b"" | b"." | b"..")
        || name.contains(&b'/')
        || name.eq_ignore_ascii_case(b".git")
        || name.eq_ignore_ascii_case(b"git~1")
}

fn duplicate(entry: &TreeEntry<'_>) -> String {
    format!("the name `{}` is there twice", entry.shown())
}

#[cfg(test)]
mod tests;
