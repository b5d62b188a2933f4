//! One thread's reading of packs, with memory for what it reads again and again.

use git2::Oid;
use libdeflater::Decompressor;

use super::{
    Packs, delta,
    entry::{self, Entry, Kind},
    window::Windows,
};
use crate::store::json;

/// What is longer is left to libgit2.
const LONGEST: usize = json::LONGEST;

/// So many differences from each other are followed; git makes fifty.
const DEEPEST: usize = 256;

/// Of so many objects the content is kept, if it is small: others are differences from it.
const KEPT: usize = 2 << 10;
const SMALL: usize = 2 << 10;

/// Reads objects from packs.
pub(in crate::store) struct Reader<'p> {
    packs: &'p Packs,
    windows: Windows,
    inflate: Decompressor,
    kept: Vec<Kept>,
    /// The differences from a base to the object asked for, the last one first.
    chain: Vec<(u64, Entry)>,
    delta: Vec<u8>,
    object: Vec<u8>,
    next: Vec<u8>,
}

/// An object that may be needed again: its pack, where it begins there, and its content.
type Kept = Option<(usize, u64, Vec<u8>)>;

impl<'p> Reader<'p> {
    /// Begins to read.
    pub(in crate::store) fn new(packs: &'p Packs) -> Self {
        Self {
            packs,
            windows: Windows::new(),
            inflate: Decompressor::new(),
            kept: vec![None; KEPT],
            chain: Vec::new(),
            delta: Vec::new(),
            object: Vec::new(),
            next: Vec::new(),
        }
    }

    /// Returns the content of an object; nothing if libgit2 has to be asked.
    pub(in crate::store) fn read(&mut self, id: Oid) -> Option<&[u8]> {
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
        Some(&self.object)
    }

    /// Follows differences until an object that is whole or kept, and notes them.
    fn base(&mut self, pack: usize, mut offset: u64) -> Option<()> {
        self.chain.clear();
        while self.chain.len() < DEEPEST {
            if let Some((of, at, content)) = &self.kept[slot(offset)]
                && (*of, *at) == (pack, offset)
            {
                self.object.clear();
                self.object.extend_from_slice(content);
                return Some(());
            }
            let file = (pack, &self.packs.0[pack].file);
            let entry = Entry::read(self.windows.at(file, offset, entry::LONGEST)?)?;
            let base = match entry.kind {
                Kind::Before(back) => offset.checked_sub(back).filter(|_| back > 0)?,
                Kind::From(id) => self.packs.0[pack].names.offset(id)?,
                Kind::Whole => {
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
            let kept = &mut self.kept[slot(offset)];
            let mut content = kept.take().map(|(_, _, content)| content).unwrap_or_default();
            content.clear();
            content.extend_from_slice(&self.object);
            *kept = Some((pack, offset, content));
        }
    }
}

/// Chooses a place to keep an object in.
fn slot(offset: u64) -> usize {
    (offset.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as usize % KEPT
}
