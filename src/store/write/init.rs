//! Creates a space: a repository, its first commit, its key.

use std::{
    fs,
    path::{Path, PathBuf},
};

use git2::{ErrorCode, ObjectType, Oid, Repository, RepositoryInitOptions};
use jiff::Timestamp;

use crate::domain::model::{CommitId, Finding, FindingCode, Record, RecordPath, SpaceKey};
use crate::store::{
    Author, Store, StoreError,
    disk::lock::Lock,
    disk::{durable, io_at, private_dir},
    json,
    objects::ids::{commit_id, oid},
    objects::tree::Mode,
    repository::key::random,
    repository::open::configure_libgit2,
    write::commit::CommitDraft,
    write::trailer::TRAILER,
    write::worktree::{OverwriteRule, Step, Worktree},
};

/// Keeps git from converting the line breaks of records on some machines.
const ATTRIBUTES: (&str, &[u8]) = (".gitattributes", b"*.json -text merge=space\n");

/// The properties of a new space.
#[derive(Clone, Debug)]
pub struct InitOptions {
    /// Whether it has no checked-out files, as on a server or at a door.
    pub bare: bool,
    /// The branch to commit to.
    pub branch: String,
    /// The key that its codes are already hashed with; if absent, one is generated.
    pub key: Option<SpaceKey>,
    /// git's hooks, by name.
    pub hooks: Vec<(&'static str, &'static str)>,
}

impl Default for InitOptions {
    fn default() -> Self {
        Self { bare: false, branch: "main".to_owned(), key: None, hooks: Vec::new() }
    }
}

impl Store {
    /// Creates a space from these files, in a new repository or one without commits.
    ///
    /// The id of its key is written into `space.json`, the key itself outside the history. What an
    /// earlier attempt began and could not finish is finished, with the files and the key that it had.
    ///
    /// # Errors
    /// A space already exists there, a file is in the way, or a record cannot be read.
    pub fn init(
        path: &Path,
        files: &[(String, Vec<u8>)],
        author: &Author,
        options: &InitOptions,
        now: Timestamp,
    ) -> Result<Self, StoreError> {
        configure_libgit2();
        let key = options.key.clone().unwrap_or_else(random);
        let steps = steps(files, &key)?;
        let begun = begun(path);
        if !options.bare && !begun {
            check_not_in_the_way(path, &steps)?; // before anything is created
        }
        let store = Self::from_repository(repository(path, options, begun)?);
        if begun
            && let Ok(commit) = store.head()
            && store.ancestors(commit, 1).is_empty()
        {
            let steps = store.files_of(commit)?;
            let lock = Lock::acquire(store.dir(), "init", now)?;
            store.complete(lock, oid(commit), &steps, options)?;
            return Self::open(store.git_dir());
        }
        if store.head().is_ok() {
            return Err(StoreError::InTheWay(store.git_dir().to_owned()));
        }
        if let Some(root) = store.workdir() {
            check_not_in_the_way(root, &steps)?;
        }
        private_dir(store.dir()).map_err(io_at(store.dir()))?;
        mark(&store)?;
        let lock = Lock::acquire(store.dir(), "init", now)?;
        store.write_key(&key)?;
        let message = format!("init: {}\n\n{TRAILER}init\n", space_name(&steps));
        let draft =
            CommitDraft { steps: &steps, parent: None, tree: None, author, now, message: &message };
        let (commit, _) = store.write_objects(&draft)?;
        store.complete(lock, commit, &steps, options)?;
        Self::open(store.git_dir())
    }

    /// Makes the first commit the branch, and writes all that belongs to it.
    fn complete(
        &self,
        lock: Lock,
        commit: Oid,
        steps: &[Step],
        options: &InitOptions,
    ) -> Result<(), StoreError> {
        let branch = format!("refs/heads/{}", options.branch);
        let fail = self.git("make the branch");
        // Only a killed attempt can have left these: nobody else works here yet.
        for left in [&format!("{branch}.lock"), "HEAD.lock", "config.lock"] {
            let left = self.common_dir().join(left);
            durable::remove(&left).map_err(io_at(&left))?;
        }
        let repo = self.repo()?;
        repo.reference(&branch, commit, true, "init").map_err(&fail)?;
        repo.set_head(&branch).map_err(&fail)?;
        let mut config = repo.config().map_err(&fail)?;
        config.set_str("space.branch", &options.branch).map_err(&fail)?;
        drop((config, repo));
        if let Some(mut worktree) = Worktree::open(self)? {
            let trees = (None, self.tree_of(commit_id(commit))?);
            let update = worktree.update(steps, OverwriteRule::Remains, trees);
            update.map_err(io_at(self.workdir().unwrap_or_else(|| self.git_dir())))?;
        }
        for (name, text) in &options.hooks {
            self.install_hook(name, text)?;
        }
        self.flush_everything()?;
        lock.release(commit_id(commit))?;
        let mark = self.dir().join(BEGUN);
        durable::remove(&mark).map_err(io_at(&mark))
    }

    /// Lists all files of a commit, as steps from nothing.
    fn files_of(&self, commit: CommitId) -> Result<Vec<Step>, StoreError> {
        let fail = self.damaged("read the first commit", "");
        let (mut open, mut steps) = (vec![(String::new(), self.tree_of(commit)?)], Vec::new());
        while let Some((folder, id)) = open.pop() {
            for entry in self.database().tree(id).map_err(&fail)?.entries() {
                let path = format!("{folder}{}", entry.shown());
                if entry.mode == Mode::Folder {
                    open.push((format!("{path}/"), entry.id));
                    continue;
                }
                let bytes = self.database().file(entry.id).map_err(&fail)?;
                let new = Some((entry.id, bytes));
                steps.push(Step { path, old: None, new, between: Vec::new() });
            }
        }
        Ok(steps)
    }
}

/// The file in the folder for what is not in the history that is there while a space is created.
const BEGUN: &str = "init-begun";

/// Tells whether a space was begun in exactly this folder and not finished: the mark is there, or a
/// repository that is not even one yet.
fn begun(path: &Path) -> bool {
    let [own, bare] = [path.join(".git"), path.to_owned()];
    [&own, &bare].into_iter().any(|git| git.join("space").join(BEGUN).exists())
        || (own.is_dir() && is_bud(&own))
        || (bare.join("objects").is_dir() && is_bud(&bare))
}

/// Tells whether a folder is not a repository yet, and has no branch that one could have lost.
fn is_bud(git: &Path) -> bool {
    let branches = fs::read_dir(git.join("refs/heads")).is_ok_and(|mut all| all.next().is_some());
    !git.join("HEAD").exists() && !branches && !git.join("packed-refs").exists()
}

/// Marks that a space is being created.
fn mark(store: &Store) -> Result<(), StoreError> {
    let path = store.dir().join(BEGUN);
    fs::write(&path, "").map_err(io_at(&path))
}

/// Opens the repository in exactly this folder, or creates one.
fn repository(path: &Path, options: &InitOptions, begun: bool) -> Result<Repository, StoreError> {
    let fail = |doing| {
        let path = path.to_owned();
        move |source| StoreError::Git { path, doing, source }
    };
    if begun {
        for left in [".git/config.lock", ".git/HEAD.lock", "config.lock", "HEAD.lock"] {
            let left = path.join(left);
            durable::remove(&left).map_err(io_at(&left))?;
        }
    }
    let exists = path.join(".git").exists() || path.join("objects").is_dir();
    match Repository::open(path) {
        // libgit2 goes on with what it has begun.
        Err(error) if begun && error.code() == ErrorCode::NotFound => {}
        opened if exists => return opened.map_err(fail("open the repository")),
        _ => {}
    }
    let mut init_options = RepositoryInitOptions::new();
    init_options.bare(options.bare).no_reinit(true).mkpath(true).initial_head(&options.branch);
    // Sample hooks and other files of the machine's git template are not wanted here.
    init_options.external_template(false);
    Repository::init_opts(path, &init_options).map_err(fail("make a repository"))
}

/// Turns the files into the steps of the first commit, with records in canonical form.
fn steps(files: &[(String, Vec<u8>)], key: &SpaceKey) -> Result<Vec<Step>, StoreError> {
    let (mut steps, mut findings) = (Vec::new(), Vec::new());
    let mut all: Vec<(&str, Vec<u8>)> = Vec::new();
    if files.iter().all(|(path, _)| path != ATTRIBUTES.0) {
        all.push((ATTRIBUTES.0, ATTRIBUTES.1.to_vec()));
    }
    for (path, bytes) in files {
        let misplaced = |message| Finding::error(FindingCode::Misplaced, path, message);
        let bytes = match RecordPath::of(path).map_err(misplaced) {
            Ok(None) => bytes.clone(),
            Ok(Some(record_path)) => match json::strict(&record_path, bytes) {
                Ok(Record::Space(mut space)) => {
                    space.key_id = Some(key.id());
                    json::canonical_like(&Record::Space(space), bytes)
                }
                Ok(record) => json::canonical_like(&record, bytes),
                Err(finding) => {
                    findings.push(finding);
                    continue;
                }
            },
            Err(finding) => {
                findings.push(finding);
                continue;
            }
        };
        all.push((path, bytes));
    }
    if files.iter().all(|(path, _)| path != "space.json") {
        findings.push(Finding::error(
            FindingCode::Missing,
            "space.json",
            "is missing; every space needs this file",
        ));
    }
    if !findings.is_empty() {
        return Err(StoreError::Refused(findings));
    }
    for (path, bytes) in all {
        let id = Oid::hash_object(ObjectType::Blob, &bytes).map_err(|source| StoreError::Git {
            path: PathBuf::from(path),
            doing: "hash a file",
            source,
        })?;
        steps.push(Step {
            path: path.to_owned(),
            old: None,
            new: Some((id, bytes)),
            between: Vec::new(),
        });
    }
    Ok(steps)
}

/// Refuses to overwrite files in the place of new ones.
fn check_not_in_the_way(root: &Path, steps: &[Step]) -> Result<(), StoreError> {
    for step in steps {
        let path = root.join(&step.path);
        let same = step
            .new
            .as_ref()
            .is_some_and(|(_, bytes)| fs::read(&path).is_ok_and(|found| found == *bytes));
        if path.symlink_metadata().is_ok() && !same {
            return Err(StoreError::InTheWay(path));
        }
    }
    Ok(())
}

fn space_name(steps: &[Step]) -> String {
    let space = steps.iter().find(|step| step.path == "space.json");
    let bytes = space.and_then(|step| step.new.as_ref());
    match bytes.map(|(_, bytes)| json::strict(&RecordPath::Space, bytes)) {
        Some(Ok(Record::Space(space))) => space.name.replace(char::is_control, " "),
        _ => "a space".to_owned(),
    }
}
