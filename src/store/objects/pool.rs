//! The repository, opened once for each thread that reads from it at the same time.

use std::{
    ops::Deref,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use git2::Repository;

/// Handles of one repository. libgit2 allows only one thread at a time per handle, so each user
/// takes one and gives it back.
pub(in crate::store) struct Pool {
    path: PathBuf,
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
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
        let path = repo.path().to_owned();
        Self { path, inner: Mutex::new(Inner { idle: vec![repo], included: Vec::new() }) }
    }

    /// Takes a free handle, or opens another one.
    ///
    /// # Errors
    /// The repository can no longer be opened.
    pub(in crate::store) fn take(&self) -> Result<Pooled<'_>, git2::Error> {
        let (idle, included) = {
            let mut inner = self.inner();
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
        Ok(())
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
