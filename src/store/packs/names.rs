//! The table of a pack: which object begins where (gitformat-pack, version 2 of `.idx`).

use std::{cmp::Ordering, fs::File, ops::Range};

use git2::Oid;

use crate::store::read_at::read_at;

const HEAD: &[u8; 8] = b"\xfftOc\0\0\0\x02";
/// Where the ids begin: after the head and, for each first byte, the number of ids up to it.
const IDS: usize = 8 + 4 * 256;
const ID: usize = 20;
/// By so many ids the search first goes on from where an id should be.
const NEAR: usize = 8;

/// From a file so many ids are read at once: nearly always they have the one that is looked for.
const BLOCK: usize = 64;

/// The bytes of a table, and how many objects are in it.
pub(super) struct Names {
    bytes: Vec<u8>,
    count: usize,
    /// Where the bytes after these are, if they are not all here.
    rest: Option<File>,
}

impl Names {
    /// Takes the bytes of a file, if that is what they are: for many look-ups.
    pub(super) fn in_memory(bytes: Vec<u8>) -> Option<Self> {
        let length = bytes.len();
        Self::new(bytes, None, length as u64)
    }

    /// Reads the beginning of a file, and the rest as it is asked for: for few look-ups.
    pub(super) fn on_disk(file: File) -> Option<Self> {
        let length = file.metadata().ok()?.len();
        let mut bytes = vec![0; IDS];
        let full = read_at(&file, &mut bytes, 0).ok()?;
        bytes.truncate(full);
        Self::new(bytes, Some(file), length)
    }

    fn new(bytes: Vec<u8>, rest: Option<File>, length: u64) -> Option<Self> {
        let names = Self { count: 0, bytes, rest };
        let count = names.number(8 + 4 * 255)?;
        // Each has an id, a checksum and an offset; two checksums of all are at the end.
        let whole = IDS + count.checked_mul(ID + 4 + 4)? + 2 * ID;
        let fits = names.bytes.starts_with(HEAD) && length >= whole as u64;
        fits.then_some(Self { count, ..names })
    }

    /// Finds where an object begins; nothing too if that is beyond two gigabytes.
    pub(super) fn offset(&self, id: Oid) -> Option<u64> {
        let first = usize::from(*id.as_bytes().first()?);
        let mut from = if first == 0 { 0 } else { self.number(8 + 4 * (first - 1))? };
        let mut to = self.number(8 + 4 * first)?;
        // Ids are evenly spread, so the next bytes tell about where it is.
        let wanted = number(id.as_bytes())?;
        let share = ((wanted >> 24 & 0xffff_ffff) * (to.checked_sub(from)? as u64)) >> 32;
        let guess = from + usize::try_from(share).ok()?;
        if let Some(file) = &self.rest {
            return self.place(find_in(file, id, guess, from..to)?);
        }
        // From there on in steps that are small at first: most ends are near.
        let (mut at, mut step) = (guess.min(to.saturating_sub(1)), NEAR);
        if self.prefix(at)? < wanted {
            while at < to && self.prefix(at)? < wanted {
                from = at;
                at += step;
                step *= 2;
            }
            to = to.min(at + 1);
        } else {
            while at > from && self.prefix(at)? >= wanted {
                to = at + 1;
                at = at.saturating_sub(step).max(from);
                step *= 2;
            }
            from = at;
        }
        while from < to {
            let middle = from.midpoint(to);
            let ordering = self.prefix(middle)?.cmp(&wanted);
            match ordering.then_with(|| self.id(middle).cmp(id.as_bytes())) {
                Ordering::Less => from = middle + 1,
                Ordering::Greater => to = middle,
                Ordering::Equal => return self.place(middle),
            }
        }
        None
    }

    /// Returns where the object with this number begins.
    fn place(&self, number: usize) -> Option<u64> {
        let offset = self.number(IDS + self.count * (ID + 4) + number * 4)?;
        (offset < 1 << 31).then_some(offset as u64)
    }

    fn id(&self, at: usize) -> &[u8] {
        self.bytes.get(IDS + at * ID..IDS + (at + 1) * ID).unwrap_or_default()
    }

    /// Returns the first eight bytes of an id as a number, which sorts as the id does.
    fn prefix(&self, at: usize) -> Option<u64> {
        number(self.id(at))
    }

    fn number(&self, at: usize) -> Option<usize> {
        let here = self.bytes.get(at..).and_then(|bytes| bytes.first_chunk().copied());
        let bytes = here.or_else(|| {
            let mut bytes = [0; 4];
            let full = read_at(self.rest.as_ref()?, &mut bytes, at as u64).ok()?;
            (full == bytes.len()).then_some(bytes)
        });
        usize::try_from(u32::from_be_bytes(bytes?)).ok()
    }
}

/// Finds the number of an object between two others in a file, beginning where it should be.
fn find_in(file: &File, id: Oid, guess: usize, within: Range<usize>) -> Option<usize> {
    let (mut around, Range { start: mut from, end: mut to }) = (guess, within);
    while from < to {
        let length = BLOCK.min(to - from);
        let start = around.saturating_sub(BLOCK / 2).clamp(from, to - length);
        let mut block = [[0; ID]; BLOCK];
        let ids = &mut block[..length];
        let bytes = ids.as_flattened_mut();
        let full = read_at(file, bytes, (IDS + start * ID) as u64).ok()?;
        if full < bytes.len() {
            return None;
        }
        match ids.binary_search_by(|other| other.as_slice().cmp(id.as_bytes())) {
            Ok(at) => return Some(start + at),
            Err(0) => to = start,
            Err(after) if after == length => from = start + length,
            Err(_) => return None,
        }
        around = from.midpoint(to);
    }
    None
}

fn number(id: &[u8]) -> Option<u64> {
    id.first_chunk().map(|first| u64::from_be_bytes(*first))
}
