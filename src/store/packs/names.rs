//! The table of a pack: which object begins where (gitformat-pack, version 2 of `.idx`).

use std::cmp::Ordering;

use git2::Oid;

const HEAD: &[u8; 8] = b"\xfftOc\0\0\0\x02";
/// Where the ids begin: after the head and, for each first byte, the number of ids up to it.
const IDS: usize = 8 + 4 * 256;
const ID: usize = 20;
/// By so many ids the search first goes on from where an id should be.
const NEAR: usize = 8;

/// The bytes of a table, and how many objects are in it.
pub(super) struct Names {
    bytes: Vec<u8>,
    count: usize,
}

impl Names {
    /// Takes the bytes of a file, if that is what they are.
    pub(super) fn new(bytes: Vec<u8>) -> Option<Self> {
        let names = Self { count: 0, bytes };
        let count = names.number(8 + 4 * 255)?;
        // Each has an id, a checksum and an offset; two checksums of all are at the end.
        let whole = IDS + count.checked_mul(ID + 4 + 4)? + 2 * ID;
        let fits = names.bytes.starts_with(HEAD) && names.bytes.len() >= whole;
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
                Ordering::Equal => {
                    let offset = self.number(IDS + self.count * (ID + 4) + middle * 4)?;
                    return (offset < 1 << 31).then_some(offset as u64);
                }
            }
        }
        None
    }

    fn id(&self, at: usize) -> &[u8] {
        self.bytes.get(IDS + at * ID..IDS + (at + 1) * ID).unwrap_or_default()
    }

    /// Returns the first eight bytes of an id as a number, which sorts as the id does.
    fn prefix(&self, at: usize) -> Option<u64> {
        number(self.id(at))
    }

    fn number(&self, at: usize) -> Option<usize> {
        let bytes = self.bytes.get(at..)?.first_chunk()?;
        usize::try_from(u32::from_be_bytes(*bytes)).ok()
    }
}

fn number(id: &[u8]) -> Option<u64> {
    id.first_chunk().map(|first| u64::from_be_bytes(*first))
}
