//! An opened repository: what every part of the store works on.

use std::{
    cell::{Cell, OnceCell, RefCell},
    ffi::OsStr,
    path::{Path, PathBuf},
    sync::{Arc, Once},
};

use git2::{ErrorCode, Odb, Oid, Repository, RepositoryOpenFlags};

use super::{
    Roster, StoreError,
    commit_lines::CommitLines,
    database::{Database, Packed},
    tree,
};

use crate::domain::model::CommitId;

/// A space's repository, opened. One per thread.
pub struct Store {
    pub(super) repo: Repository,
    /// `.git/space`.
    dir: PathBuf,
    /// The branch that `space.branch` names, if it does.
    pub(super) pinned: OnceCell<Option<String>>,
    /// The commit that the caller last saw as the newest.
    pub(super) seen: Cell<Option<CommitId>>,
    /// All members as of some commit, once somebody asked for them.
    pub(super) kept: RefCell<Option<(CommitId, Arc<Roster>)>>,
    /// The commit that was read last, and what it says.
    pub(super) told: Cell<Option<(CommitId, CommitLines)>>,
    /// The packs that single objects are read from.
    packed: RefCell<Packed>,
    /// Where it was looked last.
    pub(super) trail: RefCell<tree::Trail>,
    /// How far to go for durability; less than full only in rehearsals and benchmarks.
    pub(super) durability: Durability,
    /// Told about each step of a change, so that tests can break off there.
    pub(super) step: Option<fn(&'static str)>,
    /// Whether this handle alone sees its objects: a draft's, which are no news to others.
    pub(super) alone: bool,
    /// Where objects of a push lie that is not accepted yet.
    pub(super) quarantine: Option<PathBuf>,
}

/// How far a change is driven before it counts as made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Durability {
    /// It survives a power cut.
    Full,
    /// It survives a crash of this program, not of the machine: for benchmarks and tests.
    Rehearsal,
}

impl Store {
    /// Opens the space that a folder lies in, searching upwards.
    ///
    /// # Errors
    /// There is no repository, it belongs to another user, or it is no space.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let store = Self::discover(path)?;
        let space = store.find(store.tree_of(store.newest()?)?, "space.json")?;
        space.map(|_| store).ok_or_else(|| StoreError::NotASpace(path.to_owned()))
    }

    /// Opens a repository that need not be a space yet: its first commit may be on its way.
    ///
    /// # Errors
    /// There is no repository, or it belongs to another user.
    pub fn discover(path: &Path) -> Result<Self, StoreError> {
        settle_libgit2();
        // Not `Repository::discover`, which opens what it finds once more.
        let (search, anywhere) = (RepositoryOpenFlags::CROSS_FS, [] as [&OsStr; 0]);
        let repo =
            Repository::open_ext(path, search, anywhere).map_err(|source| match source.code() {
                ErrorCode::NotFound => StoreError::NoRepository(path.to_owned()),
                ErrorCode::Owner => StoreError::OtherOwner(path.to_owned()),
                _ => {
                    StoreError::Git { path: path.to_owned(), doing: "open the repository", source }
                }
            })?;
        Ok(Self::over(repo))
    }

    pub(super) fn over(repo: Repository) -> Self {
        Self {
            dir: repo.commondir().join("space"),
            packed: RefCell::new(Packed::new(repo.commondir())),
            repo,
            pinned: OnceCell::new(),
            seen: Cell::new(None),
            kept: RefCell::new(None),
            told: Cell::new(None),
            trail: RefCell::default(),
            durability: Durability::Full,
            step: None,
            alone: false,
            quarantine: None,
        }
    }

    /// Opens the same repository once more, for another thread.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn again(&self) -> Result<Self, StoreError> {
        let repo = Repository::open(self.repo.path()).map_err(self.git("open the repository"))?;
        let mut again = Self::over(repo);
        (again.durability, again.step) = (self.durability, self.step);
        if let Some(dir) = &self.quarantine {
            again.include(dir)?;
        }
        Ok(again)
    }

    /// Reads objects from one more folder too: those of a push that a hook has to judge.
    ///
    /// # Errors
    /// The folder's name is no text.
    pub fn include(&mut self, objects: &Path) -> Result<(), StoreError> {
        let odb = self.odb()?;
        let dir = objects.to_string_lossy();
        odb.add_disk_alternate(&dir).map_err(self.git("read the objects of the push"))?;
        drop(odb);
        self.quarantine = Some(objects.to_owned());
        Ok(())
    }

    /// Returns the folder for what is not in the history: the key, the lock, caches, journals.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Returns the folder of the checked-out files; a bare repository has none.
    #[must_use]
    pub fn workdir(&self) -> Option<&Path> {
        self.repo.workdir()
    }

    /// Chooses how far changes are driven; [`Durability::Full`] unless this is called.
    #[doc(hidden)]
    pub fn set_durability(&mut self, durability: Durability) {
        self.durability = durability;
    }

    /// Has a function told of each step of a change, so that tests can break off there.
    #[doc(hidden)]
    pub fn on_step(&mut self, step: fn(&'static str)) {
        self.step = Some(step);
    }

    pub(super) fn reached(&self, step: &'static str) {
        if let Some(tell) = self.step {
            tell(step);
        }
    }

    pub(super) fn git(&self, doing: &'static str) -> impl Fn(git2::Error) -> StoreError + use<> {
        let path = self.repo.path().to_owned();
        move |source| StoreError::Git { path: path.clone(), doing, source }
    }

    pub(super) const fn database(&self) -> Database<'_> {
        Database::new(&self.repo, &self.packed)
    }

    /// Returns libgit2's database, for all but the reading of single objects.
    pub(super) fn odb(&self) -> Result<Odb<'_>, StoreError> {
        self.repo.odb().map_err(self.git("read the objects"))
    }

    pub(super) fn find(
        &self,
        tree: Oid,
        path: &str,
    ) -> Result<Option<(tree::Mode, Oid)>, StoreError> {
        let found = self.trail.borrow_mut().find(&self.database(), tree, path);
        found.map_err(self.git("read a tree"))
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("dir", &self.dir).finish_non_exhaustive()
    }
}

pub(super) fn oid(commit: CommitId) -> Oid {
    Oid::from_bytes(commit.bytes()).expect("20 bytes are a SHA-1")
}

pub(super) fn commit_id(oid: Oid) -> CommitId {
    let mut bytes = [0; 20];
    bytes.copy_from_slice(oid.as_bytes());
    CommitId::from_bytes(bytes)
}

/// Tells libgit2, once a process, how it is used here.
pub(super) fn settle_libgit2() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // Trees are read once, or compared by their ids: a cache of them costs more than it saves.
        git2::opts::enable_caching(false);
        // A hash over every object read doubles the cost of a load; `git fsck` is for that.
        git2::opts::strict_hash_verification(false);
        // The trees and commits written here name only what was just written or read.
        git2::opts::strict_object_creation(false);
    });
}
