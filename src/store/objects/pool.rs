//! The repository, opened once for each thread that reads from it at the same time.

use std::{
    collections::HashSet,
    fs,
    ops::Deref,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError, RwLock},
};

use git2::{Oid, Repository};

use super::{
    damage::Damage,
    loose::{self, Loose},
    packs,
};

/// Handles of one repository. libgit2 allows only one thread at a time per handle, so each user
/// takes one and gives it back.
pub(in crate::store) struct Pool {
    path: PathBuf,
    common: PathBuf,
    /// The folders of objects: the repository's own first.
    folders: RwLock<Vec<PathBuf>>,
    /// The commits at which a shallow clone ends, although they name parents.
    shallow: HashSet<Oid>,
    inner: Mutex<Inner>,
}

/// How many repositories may borrow objects from one another, one after the other.
const BORROWED: usize = 5;

#[derive(Default)]
struct Inner {
    /// Whether the indexes of the packs were looked at.
    checked: bool,
    idle: Vec<Repository>,
    /// Object folders that every handle also reads from.
    included: Vec<PathBuf>,
}

/// A handle, returned to the pool when dropped.
pub(in crate::store) struct Pooled<'p> {
    pool: &'p Pool,
    repo: Option<Repository>,
}

impl Pool {
    /// Creates a pool with an open handle.
    pub(in crate::store) fn new(repo: Repository) -> Self {
        let (path, common) = (repo.path().to_owned(), repo.commondir().to_owned());
        let folders = RwLock::new(with_alternates(common.join("objects")));
        let shallow = fs::read_to_string(common.join("shallow")).unwrap_or_default();
        let shallow = shallow.lines().filter_map(|id| Oid::from_str(id.trim()).ok()).collect();
        let inner = Inner { idle: vec![repo], ..Inner::default() };
        Self { path, common, folders, shallow, inner: Mutex::new(inner) }
    }

    /// Takes a free handle, or opens another one.
    ///
    /// # Errors
    /// The repository can no longer be opened, or the index of a pack is damaged.
    pub(in crate::store) fn take(&self) -> Result<Pooled<'_>, Damage> {
        let (idle, included) = {
            let mut inner = self.inner();
            if !inner.checked {
                self.check_packs(false)?;
                inner.checked = true;
            }
            match inner.idle.pop() {
                Some(repo) => (Some(repo), Vec::new()),
                None => (None, inner.included.clone()),
            }
        };
        let repo = match idle {
            Some(repo) => repo,
            None => {
                let repo = Repository::open(&self.path)?;
                included.iter().try_for_each(|folder| include(&repo, folder))?;
                repo
            }
        };
        Ok(Pooled { pool: self, repo: Some(repo) })
    }

    /// Makes every handle read objects from one more folder.
    ///
    /// # Errors
    /// libgit2 does not accept the folder.
    pub(in crate::store) fn include(&self, folder: &Path) -> Result<(), git2::Error> {
        let mut inner = self.inner();
        inner.idle.iter().try_for_each(|repo| include(repo, folder))?;
        inner.included.push(folder.to_owned());
        self.folders.write().unwrap_or_else(PoisonError::into_inner).push(folder.to_owned());
        Ok(())
    }

    /// Reads an object that has a file of its own.
    ///
    /// # Errors
    /// The file is damaged.
    pub(super) fn loose(&self, id: Oid, most: usize) -> Result<Option<Loose>, Damage> {
        let folders = self.folders.read().unwrap_or_else(PoisonError::into_inner);
        for folder in &*folders {
            if let Some(found) = loose::read(folder, id, most)? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// Tells whether a shallow clone ends at a commit.
    pub(super) fn is_shallow(&self, id: Oid) -> bool {
        self.shallow.contains(&id)
    }

    /// Checks the indexes of all packs; `again` does so even for those that were in order.
    ///
    /// # Errors
    /// One is damaged.
    pub(in crate::store) fn check_packs(&self, again: bool) -> Result<(), Damage> {
        packs::check(&self.common, again)
    }

    /// Returns the folders that were included.
    pub(in crate::store) fn included(&self) -> Vec<PathBuf> {
        self.inner().included.clone()
    }

    /// Closes the free handles, which releases the memory that libgit2 has mapped for packs.
    pub(in crate::store) fn close_idle(&self) {
        self.inner().idle.clear();
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Adds the folders that a folder of objects borrows from.
fn with_alternates(own: PathBuf) -> Vec<PathBuf> {
    let mut all = vec![own];
    for at in 0..BORROWED {
        let Some(folder) = all.get(at).cloned() else { break };
        let text = fs::read_to_string(folder.join("info/alternates")).unwrap_or_default();
        let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        all.extend(lines.map(|line| folder.join(line)));
    }
    all
}

fn include(repo: &Repository, folder: &Path) -> Result<(), git2::Error> {
    repo.odb()?.add_disk_alternate(&folder.to_string_lossy())
}

impl Deref for Pooled<'_> {
    type Target = Repository;

    fn deref(&self) -> &Repository {
        self.repo.as_ref().expect("only drop gives the handle back")
    }
}

impl Drop for Pooled<'_> {
    fn drop(&mut self) {
        self.pool.inner().idle.extend(self.repo.take());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn handles_are_used_again_and_as_many_as_are_needed_at_once() {
        let dir = tempfile::tempdir().unwrap();
        let pool = Pool::new(Repository::init_bare(dir.path()).unwrap());
        let id = pool.take().unwrap().blob(b"one").unwrap();
        {
            let (first, second) = (pool.take().unwrap(), pool.take().unwrap());
            assert_eq!(first.find_blob(id).unwrap().content(), b"one");
            assert_eq!(second.find_blob(id).unwrap().content(), b"one");
        }
        assert_eq!(pool.inner().idle.len(), 2);
        drop(pool.take().unwrap());
        assert_eq!(pool.inner().idle.len(), 2);
        pool.close_idle();
        assert_eq!(pool.take().unwrap().find_blob(id).unwrap().content(), b"one");
    }

    #[test]
    fn an_object_folder_is_included_for_old_and_new_handles() {
        let (dir, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let elsewhere = Repository::init_bare(other.path()).unwrap();
        let id = elsewhere.blob(b"of the push").unwrap();
        let pool = Pool::new(Repository::init_bare(dir.path()).unwrap());
        assert!(pool.take().unwrap().find_blob(id).is_err());
        pool.include(&other.path().join("objects")).unwrap();
        let (first, second) = (pool.take().unwrap(), pool.take().unwrap());
        assert!(first.find_blob(id).is_ok() && second.find_blob(id).is_ok());
    }
}
