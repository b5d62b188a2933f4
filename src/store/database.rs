//! Reading single objects: from packs where that goes, from libgit2 for the rest.

use std::{
    cell::RefCell,
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

use git2::{Odb, OdbObject, Oid, Repository};

use super::packs::{Object, Packs, Reader};

/// The objects of a repository, as one handle reads them.
pub(super) struct Database<'s> {
    /// Has a database too, which takes a while to open.
    repo: &'s Repository,
    packed: &'s RefCell<Packed>,
}

/// The packs as they were when something was last looked for in vain.
pub(super) struct Packed {
    folder: PathBuf,
    /// When the folder had last changed; packs come and go.
    changed: Option<SystemTime>,
    reader: Option<Reader>,
}

impl<'s> Database<'s> {
    pub(super) const fn new(repo: &'s Repository, packed: &'s RefCell<Packed>) -> Self {
        Self { repo, packed }
    }

    /// Reads an object.
    ///
    /// # Errors
    /// It is not there, or damaged.
    pub(super) fn read(&self, id: Oid) -> Result<Object, git2::Error> {
        if let Some(object) = self.packed(id) {
            return Ok(object);
        }
        self.repo.odb()?.read(id).map(Object::from)
    }

    /// Reads an object that is no longer than so many bytes; nothing if it is.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub(super) fn read_short(&self, id: Oid, most: usize) -> Result<Option<Object>, git2::Error> {
        match self.packed(id) {
            Some(object) => Ok(Some(object).filter(|it| it.bytes.len() <= most)),
            None => Ok(read_short(&self.repo.odb()?, id, most)?.map(Object::from)),
        }
    }

    fn packed(&self, id: Oid) -> Option<Object> {
        self.packed.borrow_mut().take(id)
    }
}

/// Has libgit2 read an object that is no longer than so many bytes; nothing if it is.
///
/// # Errors
/// It is not there, or damaged.
pub(super) fn read_short<'o>(
    git: &'o Odb<'_>,
    id: Oid,
    most: usize,
) -> Result<Option<OdbObject<'o>>, git2::Error> {
    match git.read_header(id) {
        Ok((length, _)) if length > most => Ok(None),
        _ => git.read(id).map(Some),
    }
}

impl From<OdbObject<'_>> for Object {
    fn from(object: OdbObject<'_>) -> Self {
        Self { kind: object.kind(), bytes: object.data().to_owned() }
    }
}

impl Packed {
    /// Looks into a repository's folder of packs once something is asked for.
    pub(super) fn new(repository: &Path) -> Self {
        Self { folder: repository.join("objects/pack"), changed: None, reader: None }
    }

    fn take(&mut self, id: Oid) -> Option<Object> {
        let known = self.reader.as_mut().and_then(|reader| reader.take(id));
        if known.is_some() {
            return known;
        }
        let changed = fs::metadata(&self.folder).and_then(|it| it.modified()).ok();
        if self.reader.is_some() && changed == self.changed {
            return None;
        }
        self.changed = changed;
        self.reader.insert(Reader::few(Packs::for_few(&self.folder))).take(id)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use git2::ObjectType;
    use tempfile::TempDir;

    use super::*;

    fn repository() -> (TempDir, Repository) {
        let dir = tempfile::tempdir().unwrap();
        let repo = Repository::init_bare(dir.path()).unwrap();
        (dir, repo)
    }

    /// Packs an object. Some systems tell times by the tick, in which much may happen; so the
    /// folder's is set, for each object another one.
    fn pack(repo: &Repository, id: Oid) {
        let folder = repo.path().join("objects/pack");
        let mut builder = repo.packbuilder().unwrap();
        builder.insert_object(id, None).unwrap();
        builder.write(&folder, 0o600).unwrap();
        let moment = SystemTime::UNIX_EPOCH + Duration::from_secs(u64::from(id.as_bytes()[0]));
        fs::File::open(folder).unwrap().set_modified(moment).unwrap();
    }

    #[test]
    fn what_is_packed_while_we_read_is_found() {
        let (_dir, repo) = repository();
        let packed = RefCell::new(Packed::new(repo.path()));
        let database = Database::new(&repo, &packed);
        let mut ids = Vec::new();
        for text in ["first", "second", "third"] {
            let id = repo.odb().unwrap().write(ObjectType::Blob, text.as_bytes()).unwrap();
            ids.push((id, text));
            let check = |in_packs: &dyn Fn(Oid) -> bool| {
                for (id, text) in &ids {
                    let object = database.read(*id).unwrap();
                    assert_eq!((object.kind, &*object.bytes), (ObjectType::Blob, text.as_bytes()));
                    assert_eq!(database.packed(*id).is_some(), in_packs(*id), "{text}");
                }
            };
            check(&|other| other != id);
            pack(&repo, id);
            check(&|_| true);
        }
        assert!(database.read(Oid::ZERO_SHA1).is_err());
    }

    #[test]
    fn what_is_long_is_not_read_wherever_it_lies() {
        let (_dir, repo) = repository();
        let packed = RefCell::new(Packed::new(repo.path()));
        let database = Database::new(&repo, &packed);
        let id = repo.blob(b"0123456789").unwrap();
        let read = |most| database.read_short(id, most).unwrap().map(|object| object.bytes.len());
        assert_eq!((read(9), read(10)), (None, Some(10)));
        pack(&repo, id);
        fs::remove_dir_all(repo.path().join("objects").join(&id.to_string()[..2])).unwrap();
        assert_eq!((read(9), read(10)), (None, Some(10)));
        assert!(database.packed(id).is_some());
    }
}
