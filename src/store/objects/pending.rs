//! Objects in memory: those of a draft, and those about to be written.

use std::collections::BTreeMap;

use git2::{ObjectType, Oid};

/// Objects that are not in a database yet.
#[derive(Default)]
pub(in crate::store) struct Objects(BTreeMap<Oid, (ObjectType, Vec<u8>)>);

impl Objects {
    /// Returns their ids, sorted.
    pub(in crate::store) fn ids(&self) -> impl Iterator<Item = Oid> {
        self.0.keys().copied()
    }

    /// Returns the type and content of an object.
    pub(in crate::store) fn object(&self, id: Oid) -> Option<(ObjectType, &[u8])> {
        self.0.get(&id).map(|(kind, bytes)| (*kind, &bytes[..]))
    }

    /// Adds an object and returns its id.
    pub(in crate::store) fn add(
        &mut self,
        kind: ObjectType,
        bytes: &[u8],
    ) -> Result<Oid, git2::Error> {
        let id = Oid::hash_object(kind, bytes)?;
        self.0.entry(id).or_insert_with(|| (kind, bytes.to_vec()));
        Ok(id)
    }
}
