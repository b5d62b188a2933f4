//! A hash table in parts that versions share, so that a change copies only one part.

use std::sync::Arc;

use hashbrown::HashTable;

/// The number of parts: with 100,000 values, a part holds about 400. More parts would slow a
/// look-up by more than they speed up a change.
const PARTS: usize = 256;

/// A value that knows its own hash, evenly distributed over all 64 bits.
pub(super) trait Hashed: Clone {
    fn hash(&self) -> u64;
}

/// Values found by their hash; a clone shares every part until one of the two changes it.
#[derive(Clone)]
pub(super) struct Shards<T>(Box<[Arc<HashTable<T>>]>);

impl<T: Hashed> Shards<T> {
    pub(super) fn new() -> Self {
        let empty = Arc::new(HashTable::new());
        Self(vec![empty; PARTS].into())
    }

    /// Returns the values with a hash; the caller compares the keys.
    pub(super) fn find(&self, hash: u64) -> impl Iterator<Item = &T> {
        self.0[part(hash)].iter_hash(hash)
    }

    pub(super) fn insert(&mut self, value: T) {
        let hash = value.hash();
        Arc::make_mut(&mut self.0[part(hash)]).insert_unique(hash, value, T::hash);
    }

    /// Removes the matching values with a hash, and returns one of them.
    pub(super) fn remove(&mut self, hash: u64, matches: impl Fn(&T) -> bool) -> Option<T> {
        let mut removed = None;
        while self.find(hash).any(&matches) {
            let part = Arc::make_mut(&mut self.0[part(hash)]);
            removed = part.find_entry(hash, &matches).ok().map(|entry| entry.remove().0);
        }
        removed
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.iter().flat_map(|part| part.iter())
    }

    /// Releases the spare capacity left by growing.
    pub(super) fn shrink(&mut self) {
        for part in &mut self.0 {
            if let Some(part) = Arc::get_mut(part) {
                part.shrink_to_fit(T::hash);
            }
        }
    }
}

/// Selects a part by bits that the table inside uses neither for its tags nor, if it is small, for
/// its buckets.
const fn part(hash: u64) -> usize {
    (hash >> 40) as usize % PARTS
}
