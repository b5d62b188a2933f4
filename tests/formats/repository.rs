//! A repository into which git puts files unchecked, and how a door reads it.

use std::{collections::BTreeMap, fs, path::PathBuf, sync::Arc};

use git2::{FileMode, Signature, Time, build::TreeUpdateBuilder};
use jiff::Timestamp;
use space::{
    domain::{
        access::{Index, Side, decide},
        model::{AccessResult, Code, Finding, SpaceKey},
    },
    store::{
        Store,
        follow::{Follower, News},
    },
};
use tempfile::TempDir;

/// The fob of member 0001, hashed with the key of these tests.
pub(crate) const ADA: &str = "15408774";

/// The passcode of member 0002.
pub(crate) const GRACE: &str = "004217";

/// Files by path.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

pub(crate) fn folder(format: u32) -> String {
    format!("{}/tests/formats/{format}", env!("CARGO_MANIFEST_DIR"))
}

/// Reads the stored repository of a format.
pub(crate) fn files(format: u32) -> Files {
    let root = PathBuf::from(folder(format));
    let (mut found, mut open) = (Files::new(), vec![root.clone()]);
    while let Some(next) = open.pop() {
        if next.is_dir() {
            open.extend(fs::read_dir(&next).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            let path = next.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
            found.insert(path, fs::read(&next).unwrap());
        }
    }
    found
}

pub(crate) fn key() -> SpaceKey {
    SpaceKey::from_bytes([7; 32])
}

pub(crate) struct Repository {
    dir: TempDir,
    git: git2::Repository,
}

impl Repository {
    pub(crate) fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let git = git2::Repository::init_bare(dir.path()).unwrap();
        git.set_head("refs/heads/main").unwrap();
        fs::create_dir(dir.path().join("space")).unwrap();
        fs::write(dir.path().join("space/key"), key().to_hex()).unwrap();
        Self { dir, git }
    }

    /// Commits exactly these files, on top of the existing commits.
    pub(crate) fn commit(&self, files: &Files) {
        let empty = self.git.treebuilder(None).unwrap().write().unwrap();
        let mut update = TreeUpdateBuilder::new();
        for (path, bytes) in files {
            update.upsert(path, self.git.blob(bytes).unwrap(), FileMode::Blob);
        }
        let tree = update.create_updated(&self.git, &self.git.find_tree(empty).unwrap()).unwrap();
        let tree = self.git.find_tree(tree).unwrap();
        let parent = self.git.head().ok().map(|head| head.peel_to_commit().unwrap());
        let parents: Vec<_> = parent.iter().collect();
        let me = Signature::new("Admin", "admin@example.org", &Time::new(0, 0)).unwrap();
        self.git.commit(Some("refs/heads/main"), &me, &me, "edit", &tree, &parents).unwrap();
    }

    /// Starts again, without a history.
    pub(crate) fn forget(&self) {
        self.git.find_reference("refs/heads/main").unwrap().delete().unwrap();
    }

    pub(crate) fn store(&self) -> Store {
        Store::open(self.dir.path()).unwrap()
    }
}

/// Compiles the newest commit like a door does; `None` if it cannot be used.
pub(crate) fn index(repository: &Repository, now: Timestamp) -> Option<(Arc<Index>, Vec<Finding>)> {
    match Follower::new(repository.store()).poll(now).pop().unwrap() {
        News::InForce { index, findings, .. } => Some((index, findings)),
        News::Trouble(_) | News::CloneState(_) | News::Heard(_) => None,
    }
}

/// Returns the decision in words.
pub(crate) fn decision(index: &Index, code: &Code, facility: &str, now: Timestamp) -> String {
    let facility = facility.parse().unwrap();
    let hash = code.hash(&key());
    let decision = decide(index, &facility, Side::Entry, &hash, code.kind(), now);
    match decision.result {
        AccessResult::Granted => "granted".to_owned(),
        other => format!("{other} {}", decision.reason.name()),
    }
}
