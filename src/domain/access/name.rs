//! A short name made small and quick to compare, for use within an index.

use crate::domain::model::Slug;

/// The first 64 bits of the BLAKE3 hash of a facility's or tier's name.
///
/// Members' folders are compiled in parallel and without a view of the facilities, so names are
/// hashed instead of numbered.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Name(u64);

impl Name {
    pub(super) fn of(text: &str) -> Self {
        let hash = blake3::hash(text.as_bytes());
        let mut half = [0; 8];
        half.copy_from_slice(&hash.as_bytes()[..8]);
        Self(u64::from_le_bytes(half))
    }
}

/// Names that were hashed already: those of a space are few, and its folders repeat them.
#[derive(Debug, Default)]
pub struct Names(Vec<(Slug, Name)>);

/// So many are remembered; more would take longer to look through than hashing does.
const REMEMBERED: usize = 16;

impl Names {
    pub(super) fn of(&mut self, slug: &Slug) -> Name {
        if let Some((_, name)) = self.0.iter().find(|(known, _)| known == slug) {
            return *name;
        }
        let name = Name::of(slug.as_str());
        if self.0.len() < REMEMBERED {
            self.0.push((slug.clone(), name));
        }
        name
    }
}
