//! One thread's reading of packs, with memory for what it reads again and again.

use git2::{ObjectType, Oid};
use libdeflater::Decompressor;

use super::{
    Object, Packs, delta,
    entry::{self, Entry, Kind},
    window::Windows,
};
use crate::store::json;

/// What is longer is left to libgit2.
const LONGEST: usize = json::LONGEST;

/// So many differences from each other are followed; git makes fifty.
const DEEPEST: usize = 256;

/// What is longer is not kept, in bytes.
const SMALL: usize = 2 << 10;

/// How much memory reading may take.
#[derive(Clone, Copy)]
struct Habit {
    /// Of so many objects the content is kept, if it is small: others are differences from it.
    kept: usize,
    /// So many pieces of files are kept, each of such a length in bytes.
    pieces: (usize, usize),
}

const FEW: Habit = Habit { kept: 16, pieces: (1, 4 << 10) };
const MANY: Habit = Habit { kept: 2 << 10, pieces: (64, 8 << 10) };

/// Reads objects from packs.
pub(in crate::store) struct Reader {
    packs: Packs,
    windows: Windows,
    inflate: Decompressor,
    kept: Vec<Kept>,
    /// The differences from a base to the object asked for, the last one first.
    chain: Vec<(u64, Entry)>,
    delta: Vec<u8>,
    kind: ObjectType,
    object: Vec<u8>,
    next: Vec<u8>,
}

/// An object that may be needed again: its pack, where it begins there, its kind and its content.
type Kept = Option<(usize, u64, ObjectType, Vec<u8>)>;

impl Reader {
    /// Begins to read few objects.
    pub(in crate::store) fn few(packs: Packs) -> Self {
        Self::new(packs, FEW)
    }

    /// Begins to read many objects.
    pub(in crate::store) fn many(packs: Packs) -> Self {
        Self::new(packs, MANY)
    }

    fn new(packs: Packs, Habit { kept, pieces }: Habit) -> Self {
        Self {
            packs,
            windows: Windows::new(pieces.0, pieces.1),
            inflate: Decompressor::new(),
            kept: vec![None; kept],
            chain: Vec::new(),
            delta: Vec::new(),
            kind: ObjectType::Any,
            object: Vec::new(),
            next: Vec::new(),
        }
    }

    /// Returns the content of an object; nothing if libgit2 has to be asked.
    pub(in crate::store) fn read(&mut self, id: Oid) -> Option<&[u8]> {
        self.unpack(id)?;
        Some(&self.object)
    }

    /// Returns an object, to keep; nothing if libgit2 has to be asked.
    pub(in crate::store) fn take(&mut self, id: Oid) -> Option<Object> {
        self.unpack(id)?;
        Some(Object { kind: self.kind, bytes: std::mem::take(&mut self.object) })
    }

    fn unpack(&mut self, id: Oid) -> Option<()> {
        let (pack, offset) = self.packs.find(id)?;
        self.base(pack, offset)?;
        while let Some((offset, entry)) = self.chain.pop() {
            let mut delta = std::mem::take(&mut self.delta);
            let inflated = self.inflate(pack, offset, entry, &mut delta);
            self.delta = delta;
            inflated?;
            delta::apply(&self.object, &self.delta, LONGEST, &mut self.next)?;
            std::mem::swap(&mut self.object, &mut self.next);
            self.keep(pack, offset);
        }
        Some(())
    }

    /// Follows differences until an object that is whole or kept, and notes them.
    fn base(&mut self, pack: usize, mut offset: u64) -> Option<()> {
        self.chain.clear();
        while self.chain.len() < DEEPEST {
            if let Some((of, at, kind, content)) = &self.kept[self.slot(offset)]
                && (*of, *at) == (pack, offset)
            {
                self.kind = *kind;
                self.object.clear();
                self.object.extend_from_slice(content);
                return Some(());
            }
            let file = (pack, &self.packs.0[pack].file);
            let entry = Entry::read(self.windows.at(file, offset, entry::LONGEST)?)?;
            let base = match entry.kind {
                Kind::Before(back) => offset.checked_sub(back).filter(|_| back > 0)?,
                Kind::From(id) => self.packs.0[pack].names.offset(id)?,
                Kind::Whole(kind) => {
                    self.kind = kind;
                    let mut object = std::mem::take(&mut self.object);
                    let inflated = self.inflate(pack, offset, entry, &mut object);
                    self.object = object;
                    inflated?;
                    self.keep(pack, offset);
                    return Some(());
                }
            };
            self.chain.push((offset, entry));
            offset = base;
        }
        None
    }

    fn inflate(&mut self, pack: usize, offset: u64, entry: Entry, out: &mut Vec<u8>) -> Option<()> {
        let size = usize::try_from(entry.size).ok().filter(|size| *size <= LONGEST)?;
        // As long as zlib makes what it cannot compress, and a little more.
        let longest = size + size / 500 + 64;
        let file = (pack, &self.packs.0[pack].file);
        let bytes = self.windows.at(file, offset + entry.length as u64, longest)?;
        out.clear();
        out.resize(size, 0);
        let whole = self.inflate.zlib_decompress(bytes, out).ok()? == size;
        whole.then_some(())
    }

    fn keep(&mut self, pack: usize, offset: u64) {
        if self.object.len() <= SMALL {
            let slot = self.slot(offset);
            let kept = &mut self.kept[slot];
            let mut content = kept.take().map(|(.., content)| content).unwrap_or_default();
            content.clear();
            content.extend_from_slice(&self.object);
            *kept = Some((pack, offset, self.kind, content));
        }
    }

    /// Chooses a place to keep an object in.
    fn slot(&self, offset: u64) -> usize {
        (offset.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as usize % self.kept.len()
    }
}
