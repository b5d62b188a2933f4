//! A short name hashed to 64 bits, quick to compare within an index.

use crate::domain::model::Slug;

/// The first 64 bits of the BLAKE3 hash of a facility's or tier's name.
///
/// Members' folders are compiled in parallel and without access to the facilities, so names are
/// hashed rather than numbered.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct NameHash(u64);

impl NameHash {
    pub(super) fn of(text: &str) -> Self {
        let hash = blake3::hash(text.as_bytes());
        let mut half = [0; 8];
        half.copy_from_slice(&hash.as_bytes()[..8]);
        Self(u64::from_le_bytes(half))
    }
}

/// A cache of hashed names: a space has few names, and its folders repeat them.
#[derive(Debug, Default)]
pub struct NameHashes(Vec<(Slug, NameHash)>);

/// The size of the cache; searching a larger one would take longer than hashing.
const REMEMBERED: usize = 16;

impl NameHashes {
    pub(super) fn of(&mut self, slug: &Slug) -> NameHash {
        if let Some((_, name)) = self.0.iter().find(|(known, _)| known == slug) {
            return *name;
        }
        let name = NameHash::of(slug.as_str());
        if self.0.len() < REMEMBERED {
            self.0.push((slug.clone(), name));
        }
        name
    }
}
