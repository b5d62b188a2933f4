//! A short name hashed to 128 bits, quick to compare within an index.

use std::sync::LazyLock;

use uuid::Uuid;

use crate::domain::model::Slug;

/// 128 bits of the BLAKE3 hash of a facility's or tier's name, keyed anew by each process.
///
/// Members' folders are compiled in parallel and without a view of the facilities, so names are
/// hashed instead of numbered. Whoever may choose a name does not know the key, and so cannot look
/// for a second one with the same hash; by chance there is none.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct NameHash([u64; 2]);

/// Known to nobody, and never written down.
static KEY: LazyLock<[u8; 32]> = LazyLock::new(|| {
    let mut key = [0; 32];
    key[..16].copy_from_slice(Uuid::new_v4().as_bytes());
    key[16..].copy_from_slice(Uuid::new_v4().as_bytes());
    key
});

impl NameHash {
    pub(super) fn of(text: &str) -> Self {
        let hash = blake3::keyed_hash(&KEY, text.as_bytes());
        let (mut low, mut high) = ([0; 8], [0; 8]);
        low.copy_from_slice(&hash.as_bytes()[..8]);
        high.copy_from_slice(&hash.as_bytes()[8..16]);
        Self([u64::from_le_bytes(low), u64::from_le_bytes(high)])
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_which_the_plain_hashes_begin_alike_are_two() {
        let [one, other] = ["f17bf3f4030a7c732", "f3fd3926cfdb04115"];
        let begin = |text: &str| blake3::hash(text.as_bytes()).as_bytes()[..8].to_vec();
        assert_eq!(begin(one), begin(other), "as somebody found who looked for it");
        assert_ne!(NameHash::of(one), NameHash::of(other));
        assert_eq!(NameHash::of(one), NameHash::of(one));
    }
}
