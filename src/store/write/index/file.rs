//! The bytes of git's index: it finds entries and replaces a few, leaving the rest as it is
//! (`gitformat-index`, versions 2 and 3).
//!
//! Decoding and encoding a hundred thousand entries for one file would take most of the time of a
//! small change.

use std::{
    collections::BTreeMap,
    io::{self, Write},
    ops::Range,
};

use git2::Oid;
use sha1::{Digest as _, Sha1};

/// The part before the first entry: a signature, the version, the number of entries.
const HEAD: usize = 12;

/// The length of an entry before its path, followed by the fields in it.
const FIXED: usize = 62;
const STAT: usize = 40;
const DEVICE: Range<usize> = 16..20;
const SIZE: Range<usize> = 36..40;
const MODE: Range<usize> = 24..28;
const ID: Range<usize> = 40..60;
const FLAGS: Range<usize> = 60..62;

/// The flag of an entry with two more bytes of flags.
const EXTENDED: u16 = 0x4000;

/// The longest path whose length fits into the flags.
const LONG: u16 = 0xfff;

/// The hash at the end; all zeros if git was told to leave it out.
const HASH: usize = 20;

/// What the file system says about a file, in the form of the index: the low 32 bits of two times,
/// device, inode, mode, owner, group and size.
pub(in crate::store) type Stat = [u8; STAT];

/// An index, with the edits to be made.
pub(in crate::store) struct IndexFile {
    bytes: Vec<u8>,
    /// The start of each entry, and the end of the last one.
    starts: Vec<usize>,
    /// The new entries by path; `None` removes one.
    edits: BTreeMap<Vec<u8>, Option<Vec<u8>>>,
    /// Entries whose files may have changed.
    doubtful: Vec<usize>,
}

/// One entry as it was read.
#[derive(Clone, Copy)]
pub(in crate::store) struct IndexEntry<'i>(&'i [u8]);

impl IndexFile {
    /// Takes the bytes of an index; `None` if it has another version, is damaged, or has an
    /// extension that must not be ignored.
    pub(in crate::store) fn parse(bytes: Vec<u8>) -> Option<Self> {
        let head = bytes.get(..HEAD)?;
        let version = number(head, 4..8)?;
        if &head[..4] != b"DIRC" || !(2..=3).contains(&version) || bytes.len() < HEAD + HASH {
            return None;
        }
        let count = number(head, 8..12)? as usize;
        let end = bytes.len() - HASH;
        // A made-up number must not reserve memory.
        let mut starts = Vec::with_capacity(count.min(end / FIXED) + 1);
        let mut at = HEAD;
        let mut former: Option<(&[u8], u16)> = None;
        for _ in 0..count {
            let (entry, length) = IndexEntry::first(bytes.get(at..end)?)?;
            let order = (entry.path(), entry.stage());
            if order.0.is_empty() || former.is_some_and(|former| former >= order) {
                return None;
            }
            former = Some(order);
            starts.push(at);
            at += length;
        }
        starts.push(at);
        let file = Self { bytes, starts, edits: BTreeMap::new(), doubtful: Vec::new() };
        let known = |(name, _): (&[u8], _)| name[0].is_ascii_uppercase();
        let mut room = 0;
        let all_known = file.extensions().inspect(|(_, it)| room += it.len() + 8).all(known);
        (all_known && at + room == end).then_some(file)
    }

    /// Returns an index without entries.
    pub(in crate::store) fn empty() -> Self {
        let bytes = [&b"DIRC\0\0\0\x02\0\0\0\0"[..], &[0; HASH]].concat();
        Self { bytes, starts: vec![HEAD], edits: BTreeMap::new(), doubtful: Vec::new() }
    }

    /// Tells whether the hash matches the bytes.
    pub(in crate::store) fn is_sound(&self) -> bool {
        let (content, stored) = self.bytes.split_at(self.bytes.len() - HASH);
        self.is_unhashed() || Sha1::digest(content).as_slice() == stored
    }

    /// Tells whether git was told not to write a hash.
    fn is_unhashed(&self) -> bool {
        self.bytes[self.bytes.len() - HASH..].iter().all(|byte| *byte == 0)
    }

    /// Returns the number of entries read.
    pub(in crate::store) const fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Returns an entry by its number.
    pub(in crate::store) fn entry(&self, at: usize) -> IndexEntry<'_> {
        IndexEntry(&self.bytes[self.starts[at]..self.starts[at + 1]])
    }

    /// Returns the entries read whose paths begin with the prefix.
    pub(in crate::store) fn below(&self, prefix: &[u8]) -> Range<usize> {
        let start = self.search(prefix, 0);
        let inside = |at: usize| self.entry(at).path().starts_with(prefix);
        let mut end = start;
        while end < self.len() && inside(end) {
            end += 1;
        }
        start..end
    }

    /// Returns the current content of a path.
    pub(in crate::store) fn staged(&self, path: &[u8]) -> Option<Oid> {
        match self.edits.get(path) {
            Some(edit) => edit.as_ref().and_then(|line| Oid::from_bytes(line.get(ID)?).ok()),
            None => self.find(path, 0).map(|at| self.entry(at).id()),
        }
    }

    /// Tells whether a merge left a path in conflict.
    pub(in crate::store) fn has_conflict(&self, path: &[u8]) -> bool {
        let at = self.search(path, 1);
        at < self.len() && self.entry(at).path() == path
    }

    /// Sets the content of a file, or removes it. A path in conflict stays in conflict.
    pub(in crate::store) fn set(&mut self, path: &[u8], content: Option<(Oid, Stat)>) {
        if self.has_conflict(path) {
            return;
        }
        let Some((id, stat)) = content else {
            if self.staged(path).is_some() {
                self.edits.insert(path.to_vec(), None);
            }
            return;
        };
        self.clear(path);
        self.edits.insert(path.to_vec(), Some(line(path, id, &stat)));
    }

    /// Removes what cannot coexist with a file: files where it needs folders, and the content of a
    /// folder with its name.
    fn clear(&mut self, path: &[u8]) {
        for end in path.iter().enumerate().filter_map(|(at, byte)| (*byte == b'/').then_some(at)) {
            if self.staged(&path[..end]).is_some() {
                self.edits.insert(path[..end].to_vec(), None);
            }
        }
        let folder = [path, b"/"].concat();
        for at in self.below(&folder) {
            let inside = self.entry(at).path().to_vec();
            self.edits.insert(inside, None);
        }
        let inside = self.edits.range_mut(folder.clone()..);
        inside.take_while(|(path, _)| path.starts_with(&folder)).for_each(|(_, it)| *it = None);
    }

    /// Marks entries whose files may have changed.
    pub(in crate::store) fn mark_doubtful(&mut self, entries: Vec<usize>) {
        self.doubtful = entries;
    }

    /// Writes the index with all edits. Of the extensions it keeps the resolved conflicts, and
    /// writes the given trees; git recomputes the others.
    pub(in crate::store) fn write(
        &self,
        to: &mut impl Write,
        trees: Option<&[u8]>,
    ) -> io::Result<()> {
        let pieces = self.pieces();
        let (mut gone, mut new) = (0, 0);
        for (range, line) in &pieces {
            gone += range.len();
            new += usize::from(line.is_some());
        }
        let count = u32::try_from(self.len() - gone + new).map_err(io::Error::other)?;
        let mut out = Hashing { to, hash: (!self.is_unhashed()).then(Sha1::new) };
        out.put(&self.bytes[..8])?;
        out.put(&count.to_be_bytes())?;
        let mut at = 0;
        for (range, line) in &pieces {
            out.put(&self.bytes[self.starts[at]..self.starts[range.start]])?;
            out.put(line.as_deref().unwrap_or_default())?;
            at = range.end;
        }
        out.put(&self.bytes[self.starts[at]..self.starts[self.len()]])?;
        let resolved = self.extension(b"REUC").map(|it| (*b"REUC", it));
        for (name, content) in trees.map(|it| (*b"TREE", it)).into_iter().chain(resolved) {
            let length = u32::try_from(content.len()).map_err(io::Error::other)?;
            out.put(&name)?;
            out.put(&length.to_be_bytes())?;
            out.put(content)?;
        }
        let hash = out.hash.map_or([0; HASH], |hash| hash.finalize().into());
        to.write_all(&hash)
    }

    /// Lists the replacements and the entries they replace, in order.
    fn pieces(&self) -> Vec<(Range<usize>, Option<Vec<u8>>)> {
        let mut pieces = Vec::with_capacity(self.edits.len() + self.doubtful.len());
        for (path, line) in &self.edits {
            let at = self.search(path, 0);
            let mut end = at;
            while line.is_none() && end < self.len() && self.entry(end).path() == path {
                end += 1; // with all stages of a conflict
            }
            if line.is_some() && at < self.len() && self.entry(at).is(path, 0) {
                end += 1;
            }
            pieces.push((at..end, line.clone()));
        }
        for at in &self.doubtful {
            if !self.edits.contains_key(self.entry(*at).path()) {
                let mut line = self.entry(*at).0.to_vec();
                line[SIZE].fill(0); // like git
                pieces.push((*at..at + 1, Some(line)));
            }
        }
        pieces.sort_by_key(|(range, _)| (range.start, range.end));
        pieces
    }

    /// Returns the content of an extension.
    pub(in crate::store) fn extension(&self, name: &[u8; 4]) -> Option<&[u8]> {
        self.extensions().find(|(it, _)| it == name).map(|(_, content)| content)
    }

    fn extensions(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        let end = self.bytes.len() - HASH;
        let mut rest = &self.bytes[self.starts[self.len()]..end];
        std::iter::from_fn(move || {
            let length = number(rest, 4..8)? as usize;
            let (name, content) = (&rest[..4], rest.get(8..8 + length)?);
            rest = &rest[8 + length..];
            Some((name, content))
        })
    }

    fn find(&self, path: &[u8], stage: u16) -> Option<usize> {
        let at = self.search(path, stage);
        (at < self.len() && self.entry(at).is(path, stage)).then_some(at)
    }

    /// Returns the number of the first entry not before a path and stage.
    pub(in crate::store) fn search(&self, path: &[u8], stage: u16) -> usize {
        self.starts[..self.len()].partition_point(|start| {
            let entry = IndexEntry(&self.bytes[*start..]);
            (entry.path(), entry.stage()) < (path, stage)
        })
    }
}

impl<'i> IndexEntry<'i> {
    /// Takes the first entry from some bytes, and returns it with its length if it is complete.
    fn first(bytes: &'i [u8]) -> Option<(Self, usize)> {
        bytes.get(..FIXED + 2)?;
        let entry = Self(bytes);
        let begin = entry.before_path();
        let stored = entry.flags() & LONG;
        let name = match stored {
            LONG => bytes.get(begin..)?.iter().position(|byte| *byte == 0)?,
            short => usize::from(short),
        };
        let end = (begin + name + 8) & !7; // at least one zero, up to a multiple of eight
        let after = bytes.get(begin + name..end)?;
        let whole = after.iter().all(|byte| *byte == 0) && (stored != LONG || name >= LONG.into());
        whole.then_some((Self(&bytes[..end]), end))
    }

    fn flags(self) -> u16 {
        u16::from_be_bytes([self.0[FLAGS.start], self.0[FLAGS.start + 1]])
    }

    fn before_path(self) -> usize {
        FIXED + if self.flags() & EXTENDED == 0 { 0 } else { 2 }
    }

    /// Returns the path.
    pub(in crate::store) fn path(self) -> &'i [u8] {
        let rest = &self.0[self.before_path()..];
        match self.flags() & LONG {
            LONG => rest.split(|byte| *byte == 0).next().unwrap_or_default(),
            short => &rest[..usize::from(short)],
        }
    }

    /// Returns 0, or the stage of a conflict.
    pub(in crate::store) fn stage(self) -> u16 {
        self.flags() >> 12 & 3
    }

    /// Tells whether the file system data matches, except for the mode; and for the device, since
    /// a disk may get another number each time it is mounted.
    pub(in crate::store) fn fits(self, stat: &Stat) -> bool {
        [0..DEVICE.start, DEVICE.end..MODE.start, MODE.end..STAT]
            .into_iter()
            .all(|part| self.0[part.clone()] == stat[part])
    }

    /// Returns when the file was last written, in seconds and nanoseconds.
    pub(in crate::store) fn written(self) -> (u32, u32) {
        let number = |at| number(self.0, at).unwrap_or_default();
        (number(8..12), number(12..16))
    }

    /// Returns the file type in git's form: `0o100644`.
    pub(in crate::store) fn mode(self) -> u32 {
        number(self.0, MODE).unwrap_or_default()
    }

    /// Returns the id of its content.
    pub(in crate::store) fn id(self) -> Oid {
        Oid::from_bytes(&self.0[ID]).expect("20 bytes are a SHA-1")
    }

    /// Tells whether git was told not to look at the file, or that the file will be added later.
    pub(in crate::store) fn is_special(self) -> bool {
        self.flags() & (EXTENDED | 0x8000) != 0
    }

    fn is(self, path: &[u8], stage: u16) -> bool {
        self.stage() == stage && self.path() == path
    }
}

/// Makes the entry of a file.
fn line(path: &[u8], id: Oid, stat: &Stat) -> Vec<u8> {
    let mut line = Vec::with_capacity(FIXED + path.len() + 8);
    line.extend_from_slice(stat);
    line.extend_from_slice(id.as_bytes());
    let length = u16::try_from(path.len()).unwrap_or(LONG).min(LONG);
    line.extend_from_slice(&length.to_be_bytes());
    line.extend_from_slice(path);
    line.resize((FIXED + path.len() + 8) & !7, 0);
    line
}

fn number(bytes: &[u8], at: Range<usize>) -> Option<u32> {
    bytes.get(at)?.try_into().ok().map(u32::from_be_bytes)
}

/// Hashes everything written through it.
struct Hashing<'w, W> {
    to: &'w mut W,
    hash: Option<Sha1>,
}

impl<W: Write> Hashing<'_, W> {
    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        if let Some(hash) = &mut self.hash {
            hash.update(bytes);
        }
        self.to.write_all(bytes)
    }
}

#[cfg(test)]
mod tests;
