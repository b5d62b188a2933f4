//! Where members' folders are read from: packs where that goes, libgit2 for the rest.

use git2::{Odb, Oid};

use super::{
    database::{Database, read_short},
    json,
    packs::{Packs, Reader},
    revision::{blob, plain, short},
    tree::Mode,
};
use crate::domain::model::Finding;

/// One thread's way to the objects.
pub(super) enum Source<'o> {
    Few(&'o Database<'o>),
    Many(&'o Odb<'o>, Reader),
}

impl<'o> Source<'o> {
    /// Reads few objects.
    pub(super) const fn few(objects: &'o Database<'o>) -> Self {
        Self::Few(objects)
    }

    /// Reads many objects.
    pub(super) fn many(git: &'o Odb<'o>, packs: &Packs) -> Self {
        Self::Many(git, Reader::many(packs.clone()))
    }

    /// Appends the content of an object to `out`.
    pub(super) fn read(&mut self, id: Oid, out: &mut Vec<u8>) -> Result<(), git2::Error> {
        match self {
            Self::Few(objects) => out.extend_from_slice(&objects.read(id)?.bytes),
            Self::Many(git, packs) => match packs.read(id) {
                Some(content) => out.extend_from_slice(content),
                None => out.extend_from_slice(git.read(id)?.data()),
            },
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
        match self {
            Self::Few(objects) => out.extend_from_slice(&blob(objects, path, mode, id)?),
            Self::Many(git, packs) => {
                plain(&path, mode)?;
                // What packs give is never too long for a record.
                match packs.read(id) {
                    Some(content) => out.extend_from_slice(content),
                    None => out
                        .extend_from_slice(short(path, read_short(git, id, json::LONGEST))?.data()),
                }
            }
        }
        Ok(())
    }
}
