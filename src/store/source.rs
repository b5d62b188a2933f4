//! Where members' folders are read from: packs where that goes, libgit2 for the rest.

use git2::{Odb, Oid};

use super::{
    packs::{Packs, Reader},
    revision::{blob, plain},
    tree::Mode,
};
use crate::domain::model::Finding;

/// One thread's way to the objects.
pub(super) struct Source<'o> {
    odb: &'o Odb<'o>,
    packs: Option<Reader<'o>>,
}

impl<'o> Source<'o> {
    /// Reads few objects.
    pub(super) const fn few(odb: &'o Odb<'o>) -> Self {
        Self { odb, packs: None }
    }

    /// Reads many objects.
    pub(super) fn many(odb: &'o Odb<'o>, packs: &'o Packs) -> Self {
        Self { odb, packs: Some(Reader::new(packs)) }
    }

    /// Appends the content of an object to `out`.
    pub(super) fn read(&mut self, id: Oid, out: &mut Vec<u8>) -> Result<(), git2::Error> {
        match self.packs.as_mut().and_then(|packs| packs.read(id)) {
            Some(content) => out.extend_from_slice(content),
            None => out.extend_from_slice(self.odb.read(id)?.data()),
        }
        Ok(())
    }

    /// Appends the bytes of a record to `out`, unless they are none: a link, a folder, a film.
    pub(super) fn file(
        &mut self,
        path: impl std::fmt::Display,
        mode: Mode,
        id: Oid,
        out: &mut Vec<u8>,
    ) -> Result<(), Finding> {
        plain(&path, mode)?;
        // What packs give is never too long for a record.
        match self.packs.as_mut().and_then(|packs| packs.read(id)) {
            Some(content) => out.extend_from_slice(content),
            None => out.extend_from_slice(blob(self.odb, path, mode, id)?.data()),
        }
        Ok(())
    }
}
