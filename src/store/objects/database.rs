//! Reads single objects, from any thread.

use git2::{ObjectType, Oid};

use super::{
    commit::Commit, damage::Damage, loose::Loose, pending::Objects, pool::Pool, tree::Tree,
};

/// The maximum length of a commit in bytes: messages are short.
const MOST_OF_A_COMMIT: usize = 1 << 20;

/// The objects of a repository, and those that a draft keeps in memory only.
#[derive(Clone, Copy)]
pub(in crate::store) struct Database<'s> {
    pool: &'s Pool,
    draft: &'s Objects,
    /// Whether the records have a newer format than this program knows.
    newer: bool,
}

impl<'s> Database<'s> {
    pub(in crate::store) const fn new(pool: &'s Pool, draft: &'s Objects) -> Self {
        Self { pool, draft, newer: false }
    }

    /// Sets whether the records have a newer format than this program knows.
    pub(in crate::store) const fn with_newer(self, newer: bool) -> Self {
        Self { newer, ..self }
    }

    /// Tells whether the records are known to have a newer format.
    pub(in crate::store) const fn is_newer(self) -> bool {
        self.newer
    }

    /// Returns a tree.
    ///
    /// # Errors
    /// It is not there, or not as git writes trees.
    pub(in crate::store) fn tree(self, id: Oid) -> Result<Tree, Damage> {
        Tree::read(self.read(id, ObjectType::Tree)?).map_err(Damage::Odd)
    }

    /// Reads a tree that is no longer than so many bytes; nothing if it is.
    ///
    /// # Errors
    /// As [`Self::tree`].
    pub(in crate::store) fn short_tree(self, id: Oid, most: usize) -> Result<Option<Tree>, Damage> {
        let bytes = self.short(id, ObjectType::Tree, most)?;
        bytes.map(Tree::read).transpose().map_err(Damage::Odd)
    }

    /// Returns the length of an object in bytes, if it is known.
    pub(in crate::store) fn length(self, id: Oid) -> Option<usize> {
        if let Some((_, bytes)) = self.draft.object(id) {
            return Some(bytes.len());
        }
        match self.pool.loose(id, 0).ok()? {
            Some(Loose::Long(length)) => Some(length),
            Some(Loose::Object(_, bytes)) => Some(bytes.len()),
            None => {
                let repo = self.pool.take().ok()?;
                let odb = repo.odb().ok()?;
                odb.read_header(id).ok().map(|(length, _)| length)
            }
        }
    }

    /// Returns a commit.
    ///
    /// # Errors
    /// It is not there, damaged, or not a commit.
    pub(in crate::store) fn commit(self, id: Oid) -> Result<Commit, Damage> {
        let bytes = self.short(id, ObjectType::Commit, MOST_OF_A_COMMIT)?;
        let bytes = bytes.ok_or_else(|| Damage::Odd("it is too long for a commit".to_owned()))?;
        let mut commit = Commit::read(id, &bytes).map_err(Damage::Odd)?;
        if self.pool.is_shallow(id) {
            commit.parents.clear();
        }
        Ok(commit)
    }

    /// Returns the type and the bytes of an object, unless it is longer than a commit may be.
    ///
    /// # Errors
    /// It is not there, or damaged.
    pub(in crate::store) fn object(self, id: Oid) -> Result<(ObjectType, Vec<u8>), Damage> {
        self.any(id, MOST_OF_A_COMMIT)?.ok_or_else(|| Damage::Odd("it is too long".to_owned()))
    }

    /// Tells whether an object is there; it may be damaged.
    pub(in crate::store) fn has(self, id: Oid) -> bool {
        let stored = || self.pool.take().ok()?.odb().ok().map(|odb| odb.exists(id));
        self.draft.object(id).is_some() || stored().unwrap_or(false)
    }

    /// Returns the bytes of a file.
    ///
    /// # Errors
    /// It is not there, or damaged.
    pub(in crate::store) fn file(self, id: Oid) -> Result<Vec<u8>, Damage> {
        self.read(id, ObjectType::Blob)
    }

    /// Reads a file of at most `most` bytes; `None` if it is longer.
    ///
    /// # Errors
    /// As [`Self::file`].
    pub(in crate::store) fn short_file(
        self,
        id: Oid,
        most: usize,
    ) -> Result<Option<Vec<u8>>, Damage> {
        self.short(id, ObjectType::Blob, most)
    }

    fn read(self, id: Oid, wanted: ObjectType) -> Result<Vec<u8>, Damage> {
        Ok(self.short(id, wanted, usize::MAX)?.unwrap_or_default())
    }

    fn short(self, id: Oid, wanted: ObjectType, most: usize) -> Result<Option<Vec<u8>>, Damage> {
        match self.any(id, most)? {
            Some((kind, bytes)) if kind == wanted => Ok(Some(bytes)),
            Some((kind, _)) => Err(Damage::Odd(format!("a {kind} lies where a {wanted} belongs"))),
            None => Ok(None),
        }
    }

    /// Reads an object of any type; `None` if it is longer than `most` bytes.
    fn any(self, id: Oid, most: usize) -> Result<Option<(ObjectType, Vec<u8>)>, Damage> {
        match self.draft.object(id) {
            Some((_, bytes)) if bytes.len() > most => return Ok(None),
            Some((kind, bytes)) => return Ok(Some((kind, bytes.to_vec()))),
            None => {}
        }
        match self.pool.loose(id, most)? {
            Some(Loose::Long(_)) => return Ok(None),
            Some(Loose::Object(kind, bytes)) => return Ok(Some((kind, bytes))),
            None => {}
        }
        let repo = self.pool.take()?;
        let odb = repo.odb()?;
        // If its length is not known, the object is read to learn what is wrong with it.
        let is_long = || odb.read_header(id).is_ok_and(|(length, _)| length > most);
        if most < usize::MAX && is_long() {
            return Ok(None);
        }
        let object = odb.read(id)?;
        Ok(Some((object.kind(), object.data().to_owned())))
    }
}

#[cfg(test)]
mod tests {
    use git2::Repository;

    use super::*;

    #[test]
    fn a_large_file_is_not_read_wherever_it_lies() {
        let dir = tempfile::tempdir().unwrap();
        let repo = Repository::init_bare(dir.path()).unwrap();
        let stored = repo.blob(b"0123456789").unwrap();
        let (pool, mut draft) = (Pool::new(repo), Objects::default());
        let drafted = draft.add(ObjectType::Blob, b"9876543210").unwrap();
        let database = Database::new(&pool, &draft);
        for id in [stored, drafted] {
            let read = |most| database.short_file(id, most).unwrap().map(|it| it.len());
            assert_eq!((read(9), read(10)), (None, Some(10)));
        }
        assert!(database.file(Oid::ZERO_SHA1).is_err());
        assert!(database.short_file(Oid::ZERO_SHA1, 9).is_err());
    }
}
