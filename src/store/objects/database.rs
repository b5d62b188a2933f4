//! Reads single objects, from any thread.

use git2::Oid;

use crate::store::objects::{pending::Objects, pool::Pool};

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

    /// Returns the bytes of an object.
    ///
    /// # Errors
    /// The object is missing or damaged.
    pub(in crate::store) fn read(self, id: Oid) -> Result<Vec<u8>, git2::Error> {
        if let Some(bytes) = self.draft.get(id) {
            return Ok(bytes.to_vec());
        }
        let repo = self.pool.take()?;
        let odb = repo.odb()?;
        Ok(odb.read(id)?.data().to_owned())
    }

    /// Reads an object of at most the given size; `None` if it is larger.
    ///
    /// # Errors
    /// Like [`Self::read`].
    pub(in crate::store) fn read_short(
        self,
        id: Oid,
        most: usize,
    ) -> Result<Option<Vec<u8>>, git2::Error> {
        if self.draft.get(id).is_none() {
            let repo = self.pool.take()?;
            // If the size is not available, the object is read to learn what is wrong with it.
            if repo.odb()?.read_header(id).is_ok_and(|(length, _)| length > most) {
                return Ok(None);
            }
        }
        self.read(id).map(|object| Some(object).filter(|it| it.len() <= most))
    }
}

#[cfg(test)]
mod tests {
    use git2::{ObjectType, Repository};

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
            let read = |most| database.read_short(id, most).unwrap().map(|it| it.len());
            assert_eq!((read(9), read(10)), (None, Some(10)));
        }
        assert!(database.read(Oid::ZERO_SHA1).is_err());
        assert!(database.read_short(Oid::ZERO_SHA1, 9).is_err());
    }
}
