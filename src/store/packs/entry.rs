//! What stands before an object in a pack: its kind and size, and what it is a difference from.

use git2::{ObjectType, Oid};

/// An object, or a difference from one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Whole(ObjectType),
    /// From the one that begins so many bytes before.
    Before(u64),
    /// From the one with this id.
    From(Oid),
}

/// The longest that this can be: a size of ten bytes, an id.
pub(super) const LONGEST: usize = 10 + 20;

/// What stands before an object.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Entry {
    pub(super) kind: Kind,
    /// The size when it is no longer compressed.
    pub(super) size: u64,
    /// How many bytes this takes.
    pub(super) length: usize,
}

impl Entry {
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let mut at = 0;
        let mut next = || {
            at += 1;
            bytes.get(at - 1).copied()
        };
        let mut byte = next()?;
        let code = byte >> 4 & 7;
        let (mut size, mut shift) = (u64::from(byte & 15), 4);
        while byte & 0x80 != 0 {
            byte = next().filter(|_| shift < 56)?;
            size |= u64::from(byte & 0x7f) << shift;
            shift += 7;
        }
        let kind = match code {
            1 => Kind::Whole(ObjectType::Commit),
            2 => Kind::Whole(ObjectType::Tree),
            3 => Kind::Whole(ObjectType::Blob),
            4 => Kind::Whole(ObjectType::Tag),
            6 => {
                byte = next()?;
                let mut back = u64::from(byte & 0x7f);
                while byte & 0x80 != 0 {
                    byte = next().filter(|_| back < 1 << 48)?;
                    back = (back + 1) << 7 | u64::from(byte & 0x7f);
                }
                Kind::Before(back)
            }
            7 => {
                let id = Oid::from_bytes(bytes.get(at..at + 20)?).ok()?;
                return Some(Self { kind: Kind::From(id), size, length: at + 20 });
            }
            _ => return None,
        };
        Some(Self { kind, size, length: at })
    }
}
