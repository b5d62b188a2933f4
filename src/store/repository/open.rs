//! An open repository, which every part of the store works on.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, Once, OnceLock, PoisonError},
};

use git2::{ErrorCode, Oid, Repository, RepositoryOpenFlags};

use super::{foreign, shared_mode::SharedMode};
use crate::store::{
    StoreError,
    objects::{
        damage::{Damage, DamagedFolder},
        database::Database,
        extent::Extent,
        pending::Objects,
        pool::{Pool, Pooled},
        recent::Recent,
        record, tree,
    },
    roster::RosterCache,
};

/// A space's open repository. Any number of threads may share one.
pub struct Store {
    pool: Pool,
    git_dir: PathBuf,
    common_dir: PathBuf,
    workdir: Option<PathBuf>,
    /// `.git/space`.
    dir: PathBuf,
    /// The branch of the space, once it was needed.
    pub(in crate::store) pinned: OnceLock<String>,
    /// The permissions of what is written, once they were needed.
    pub(in crate::store) shared_mode: OnceLock<Option<SharedMode>>,
    /// All members as of some commit, once they were needed.
    pub(in crate::store) roster_cache: RosterCache,
    /// Recently read trees.
    recent: Mutex<Recent>,
    /// The last tree that was found in order, and how much is in it.
    sound: Mutex<Option<(Oid, Extent)>>,
    /// The durability; less than full only in rehearsals and benchmarks.
    pub(in crate::store) durability: Durability,
    /// Called at each step of a change, so that tests can interrupt it there.
    on_step: Option<fn(&'static str)>,
    /// The objects of a draft, which are in no database.
    pub(in crate::store) draft: Objects,
    /// Whether the data read here does not belong to a commit and must not be shared.
    pub(in crate::store) uncommitted: bool,
}

/// How far a change must get before it counts as made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Durability {
    /// It survives a power cut.
    Full,
    /// It survives a crash of this program, not of the machine: for benchmarks and tests.
    Rehearsal,
}

impl Store {
    /// Opens the space that contains a folder, searching upwards.
    ///
    /// # Errors
    /// There is no repository, it belongs to another user, or it is not a space.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let store = Self::discover(path)?;
        match store.find(store.tree_of(store.head()?)?, "space.json") {
            Ok(None) => Err(StoreError::NotASpace(path.to_owned())),
            // Reading the record will report what is wrong with it.
            Ok(Some(_)) | Err(StoreError::Damaged(_)) => Ok(store),
            Err(error) => Err(error),
        }
    }

    /// Opens a repository that need not be a space yet: its first commit may still follow.
    ///
    /// # Errors
    /// There is no repository, or it belongs to another user.
    pub fn discover(path: &Path) -> Result<Self, StoreError> {
        configure_libgit2();
        // Not `Repository::discover`, which opens what it finds a second time.
        let (search, anywhere) = (RepositoryOpenFlags::CROSS_FS, [] as [&OsStr; 0]);
        let repo =
            Repository::open_ext(path, search, anywhere).map_err(|source| match source.code() {
                ErrorCode::NotFound => StoreError::NoRepository(path.to_owned()),
                ErrorCode::Owner => StoreError::OtherOwner(path.to_owned()),
                _ => match foreign::kind(path) {
                    Some((what, change)) => {
                        StoreError::Foreign { path: path.to_owned(), what, change }
                    }
                    None => {
                        let doing = "open the repository";
                        StoreError::Git { path: path.to_owned(), doing, source }
                    }
                },
            })?;
        Ok(Self::from_repository(repo))
    }

    pub(in crate::store) fn from_repository(repo: Repository) -> Self {
        Self {
            git_dir: repo.path().to_owned(),
            common_dir: repo.commondir().to_owned(),
            workdir: repo.workdir().map(Path::to_owned),
            dir: repo.commondir().join("space"),
            pool: Pool::new(repo),
            pinned: OnceLock::new(),
            shared_mode: OnceLock::new(),
            roster_cache: RosterCache::default(),
            recent: Mutex::default(),
            sound: Mutex::default(),
            durability: Durability::Full,
            on_step: None,
            draft: Objects::default(),
            uncommitted: false,
        }
    }

    /// Opens the same repository again, for records that are not committed.
    pub(in crate::store) fn reopen(&self) -> Result<Self, StoreError> {
        let fail = self.git("open the repository");
        let reopened = Self {
            uncommitted: true,
            ..Self::from_repository(Repository::open(&self.git_dir).map_err(&fail)?)
        };
        self.pool.included().iter().try_for_each(|folder| reopened.include(folder))?;
        Ok(reopened)
    }

    /// Also reads objects from another folder: those of a push that a hook has to judge.
    ///
    /// # Errors
    /// The folder's name is not valid UTF-8.
    pub fn include(&self, objects: &Path) -> Result<(), StoreError> {
        self.pool.include(objects).map_err(self.git("read the objects of the push"))
    }

    /// Returns the folder for data outside the history: the key, the lock, caches, journals.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Returns the folder of the checked-out files; a bare repository has none.
    #[must_use]
    pub fn workdir(&self) -> Option<&Path> {
        self.workdir.as_deref()
    }

    /// Returns git's own folder for this working tree.
    pub(in crate::store) fn git_dir(&self) -> &Path {
        &self.git_dir
    }

    /// Returns the folder of the objects and branches, shared by all working trees.
    pub(in crate::store) fn common_dir(&self) -> &Path {
        &self.common_dir
    }

    /// Tells whether there are no checked-out files.
    pub(in crate::store) const fn is_bare(&self) -> bool {
        self.workdir.is_none()
    }

    /// Sets the durability; the default is [`Durability::Full`].
    #[doc(hidden)]
    pub const fn set_durability(&mut self, durability: Durability) {
        self.durability = durability;
    }

    /// Sets a function called at each step of a change, so that tests can interrupt it there.
    #[doc(hidden)]
    pub const fn on_step(&mut self, step: fn(&'static str)) {
        self.on_step = Some(step);
    }

    pub(in crate::store) fn reached(&self, step: &'static str) {
        if let Some(call) = self.on_step {
            call(step);
        }
    }

    pub(in crate::store) fn git(
        &self,
        doing: &'static str,
    ) -> impl Fn(git2::Error) -> StoreError + use<> {
        let path = self.git_dir.clone();
        move |source| StoreError::Git { path: path.clone(), doing, source }
    }

    /// Takes a libgit2 handle, for everything except reading single objects.
    pub(in crate::store) fn repo(&self) -> Result<Pooled<'_>, StoreError> {
        self.pool.take().map_err(self.damaged("open the repository", ""))
    }

    pub(in crate::store) const fn database(&self) -> Database<'_> {
        Database::new(&self.pool, &self.draft)
    }

    /// Checks the indexes of all packs, even of those that were in order before.
    ///
    /// # Errors
    /// One is damaged.
    pub fn check_packs(&self) -> Result<(), StoreError> {
        self.pool.check_packs(true).map_err(self.damaged("read the packs", ""))
    }

    /// Releases the memory mapped for packs.
    pub(in crate::store) fn close_idle(&self) {
        self.pool.close_idle();
    }

    pub(in crate::store) fn recent(&self) -> MutexGuard<'_, Recent> {
        self.recent.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(in crate::store) fn sound(&self) -> MutexGuard<'_, Option<(Oid, Extent)>> {
        self.sound.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(in crate::store) fn find(
        &self,
        tree: Oid,
        path: &str,
    ) -> Result<Option<(tree::Mode, Oid)>, StoreError> {
        let found = self.recent().find(self.database(), tree, path);
        found.map_err(self.torn("read a tree"))
    }

    /// Says that an object cannot be used.
    pub(in crate::store) fn damaged(
        &self,
        doing: &'static str,
        path: &str,
    ) -> impl Fn(Damage) -> StoreError + use<> {
        let (git, path) = (self.git(doing), path.to_string());
        move |damage| match damage {
            Damage::Lost(source) => git(source),
            Damage::Broken { path, why } => StoreError::Broken { path, why },
            Damage::Odd(_) => StoreError::Damaged(record::damaged(&path, &damage)),
        }
    }

    /// Says that a folder cannot be read. An odd folder in the older of two trees does not
    /// make the newer one unusable.
    pub(in crate::store) fn torn(
        &self,
        doing: &'static str,
    ) -> impl Fn(DamagedFolder) -> StoreError + use<'_> {
        move |torn| match torn.damage {
            Damage::Odd(why) if !torn.newer => self.git(doing)(git2::Error::from_str(&why)),
            damage => self.damaged(doing, &torn.path)(damage),
        }
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("dir", &self.dir).finish_non_exhaustive()
    }
}

/// Configures libgit2, once per process.
pub(in crate::store) fn configure_libgit2() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // Trees are read once, or compared by their ids, so a cache of them costs more than it
        // saves.
        git2::opts::enable_caching(false);
        // Hashing every object read would double the cost of loading; `git fsck` is for that.
        git2::opts::strict_hash_verification(false);
        // The trees and commits written here only refer to what was just written or read.
        git2::opts::strict_object_creation(false);
    });
}
