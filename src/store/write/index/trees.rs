//! The trees of folders that git's index knows, so that a commit need not compute each of them
//! (`gitformat-index`, "Cache tree"), updated from one tree to the next.
//!
//! A folder's tree is known only if the index contains exactly that tree in it. What is known of
//! the older tree becomes known of the newer one; what is unknown stays unknown.

use std::io::Write as _;

use git2::Oid;

use crate::store::objects::tree::{Mode, Tree};

/// More than the depth of records, and than git's own limit for paths allows.
const DEEPEST: usize = 256;

/// One folder: the number of index entries in it and the id of its tree, if known.
#[derive(Clone, Copy)]
struct Node<'i> {
    name: &'i [u8],
    known: Option<(usize, Oid)>,
    folders: usize,
}

/// Reads a tree; `None` if it cannot be read.
type ReadTree<'r> = dyn Fn(Oid) -> Option<Tree> + 'r;

/// Updates the extension to a newer tree; returns `None` if it cannot be read.
pub(in crate::store) fn updated(
    extension: &[u8],
    older: Option<Oid>,
    newer: Oid,
    read: &ReadTree<'_>,
) -> Option<Vec<u8>> {
    let (mut rest, mut out) = (extension, Vec::with_capacity(extension.len() + 512));
    update_folder(&mut rest, older, Some(newer), read, &mut out, 0)?;
    Some(out)
}

/// Makes the extension of an index that contains exactly a tree.
pub(in crate::store) fn for_tree(tree: Oid, read: &ReadTree<'_>) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    write_folder(b"", tree, read, &mut out, 0)?;
    Some(out)
}

/// A folder of the index with all folders inside it.
pub(in crate::store) struct Folder<'i> {
    name: &'i [u8],
    /// The number of index entries below it and the id of its tree, if known.
    pub(in crate::store) known: Option<(usize, Oid)>,
    inner: Vec<Self>,
}

impl<'i> Folder<'i> {
    /// Reads the extension; `None` if it is malformed.
    pub(in crate::store) fn read(extension: &'i [u8]) -> Option<Self> {
        Self::take(&mut { extension }, 0)
    }

    fn take(rest: &mut &'i [u8], depth: usize) -> Option<Self> {
        (depth < DEEPEST).then_some(())?;
        let Node { name, known, folders } = Node::next(rest)?;
        let mut inner =
            (0..folders).map(|_| Self::take(rest, depth + 1)).collect::<Option<Vec<Self>>>()?;
        inner.sort_by_key(|it| it.name);
        Some(Self { name, known, inner })
    }

    /// Returns a folder inside it.
    pub(in crate::store) fn inner(&self, name: &[u8]) -> Option<&Self> {
        let at = self.inner.binary_search_by_key(&name, |it| it.name).ok()?;
        self.inner.get(at)
    }
}

/// Takes a folder with everything inside it, and writes it as it is in the newer tree; returns the
/// number of its entries, if known.
fn update_folder(
    rest: &mut &[u8],
    older: Option<Oid>,
    newer: Option<Oid>,
    read: &ReadTree<'_>,
    out: &mut Vec<u8>,
    depth: usize,
) -> Option<Option<usize>> {
    (depth < DEEPEST).then_some(())?;
    let begin = *rest;
    let node = Node::next(rest)?;
    if older == newer {
        (0..node.folders).try_for_each(|_| skip_folder(rest, depth + 1))?;
        out.extend_from_slice(&begin[..begin.len() - rest.len()]);
        return Some(node.known.map(|(count, _)| count));
    }
    let content = |id: Option<Oid>| id.map_or_else(|| Some(Tree::default()), read);
    let (old, new) = (content(older)?, content(newer)?);
    let folder = |tree: &Tree, name: &[u8]| {
        tree.find(name).filter(|it| it.mode == Mode::Folder).map(|it| it.id)
    };
    let certain = newer.filter(|_| node.known.is_some_and(|(_, tree)| Some(tree) == older));
    let (mut inside, mut folders, mut sum) = (Vec::new(), 0, Some(0));
    let mut seen = Vec::with_capacity(node.folders);
    for _ in 0..node.folders {
        let name = Node::next(&mut { *rest })?.name;
        seen.push(name);
        let (before, after) = (folder(&old, name), folder(&new, name));
        if after.is_none() && (before.is_some() || certain.is_some()) {
            skip_folder(rest, depth + 1)?; // it is removed, or only contains what no commit has
            continue;
        }
        let count = update_folder(rest, before, after, read, &mut inside, depth + 1)?;
        sum = sum.zip(count).map(|(sum, count)| sum + count);
        folders += 1;
    }
    let mut files = 0;
    if certain.is_some() {
        for entry in new.entries() {
            if entry.mode != Mode::Folder {
                files += 1;
            } else if !seen.contains(&entry.name) {
                let count = write_folder(entry.name, entry.id, read, &mut inside, depth + 1)?;
                sum = sum.map(|sum| sum + count);
                folders += 1;
            }
        }
    }
    let known = certain.zip(sum).map(|(tree, sum)| (files + sum, tree));
    Node { name: node.name, known, folders }.write(out);
    out.append(&mut inside);
    Some(known.map(|(count, _)| count))
}

/// Writes a folder that contains exactly a tree; returns the number of its entries.
fn write_folder(
    name: &[u8],
    tree: Oid,
    read: &ReadTree<'_>,
    out: &mut Vec<u8>,
    depth: usize,
) -> Option<usize> {
    (depth < DEEPEST).then_some(())?;
    let content = read(tree)?;
    let (mut inside, mut count, mut folders) = (Vec::new(), 0, 0);
    for entry in content.entries() {
        if entry.mode == Mode::Folder {
            count += write_folder(entry.name, entry.id, read, &mut inside, depth + 1)?;
            folders += 1;
        } else {
            count += 1;
        }
    }
    Node { name, known: Some((count, tree)), folders }.write(out);
    out.append(&mut inside);
    Some(count)
}

fn skip_folder(rest: &mut &[u8], depth: usize) -> Option<()> {
    (depth < DEEPEST).then_some(())?;
    let node = Node::next(rest)?;
    (0..node.folders).try_for_each(|_| skip_folder(rest, depth + 1))
}

impl<'i> Node<'i> {
    /// Takes the first node from some bytes.
    fn next(rest: &mut &'i [u8]) -> Option<Self> {
        let bytes = *rest;
        let end = bytes.iter().position(|byte| *byte == 0)?;
        let (name, tail) = (&bytes[..end], &bytes[end + 1..]);
        let end = tail.iter().position(|byte| *byte == b'\n')?;
        let (count, folders) = std::str::from_utf8(&tail[..end]).ok()?.split_once(' ')?;
        let (count, folders) = (count.parse::<i64>().ok()?, folders.parse().ok()?);
        *rest = &tail[end + 1..];
        let Ok(count) = usize::try_from(count) else {
            return Some(Self { name, known: None, folders });
        };
        let id = Oid::from_bytes(rest.get(..20)?).ok()?;
        *rest = &rest[20..];
        Some(Self { name, known: Some((count, id)), folders })
    }

    fn write(self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.name);
        out.push(0);
        let (count, id) = self.known.map_or((-1, None), |(count, id)| (count as i64, Some(id)));
        let _ = writeln!(out, "{count} {}", self.folders); // writing to a Vec cannot fail
        out.extend(id.iter().flat_map(Oid::as_bytes));
    }
}

#[cfg(test)]
mod tests;
