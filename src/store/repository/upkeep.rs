//! Packs the repository, which grows by a few small files per change: safe beside writers and
//! readers, and never losing anything.
//!
//! git does the work. Objects that no commit refers to are packed with the rest instead of
//! removed, since somebody may be about to refer to them. So an object once seen can always be
//! found, in a file or in a pack.

use std::{
    fs::{self, File, TryLockError},
    io,
    path::Path,
    process::{Command, Output},
};

use jiff::{Timestamp, ToSpan as _};

use crate::store::{
    Store, StoreError,
    disk::{io_at, private_dir},
};

/// The number of objects in one of 256 folders; altogether about 2,000.
const LOOSE_PER_FOLDER: usize = 8;

/// The number of packs that makes searching slow; each large import adds one.
const PACKS: usize = 20;

/// Settings that keep git within the memory and cores that a small machine can spare.
const SETTINGS: [&str; 5] = [
    "pack.threads=1",
    "pack.windowMemory=32m",
    "pack.deltaCacheSize=16m",
    "repack.writeBitmaps=false",
    "gc.auto=0",
];

/// The variables that git sets for its hooks, which must not reach a git started here.
pub(in crate::store) const ENVIRONMENT: [&str; 8] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_QUARANTINE_PATH",
    "GIT_COMMON_DIR",
];

impl Store {
    /// Tells whether enough has accumulated to be worth packing, and git was not told to leave it
    /// (`gc.auto = 0` or `maintenance.auto = false`). Looks into two folders.
    #[must_use]
    pub fn wants_packing(&self) -> bool {
        let objects = self.common_dir().join("objects");
        let count = |folder: &str, wanted: fn(&str) -> bool| {
            let listed = fs::read_dir(objects.join(folder)).into_iter().flatten().flatten();
            listed.filter(|item| item.file_name().to_str().is_some_and(wanted)).count()
        };
        let many = count("17", |name| name.len() == 38) >= LOOSE_PER_FOLDER
            || count("pack", |name| name.ends_with(".pack")) >= PACKS;
        many && self.may_pack()
    }

    fn may_pack(&self) -> bool {
        let Ok(repo) = self.repo() else { return false };
        let Ok(config) = repo.config() else { return false };
        config.get_bool("maintenance.auto").unwrap_or(true)
            && config.get_i64("gc.auto").map_or(true, |most| most > 0)
    }

    /// Packs the repository with git; tells whether it did, or somebody else is doing it.
    ///
    /// # Errors
    /// git is missing or failed with a message, or the system reported an error.
    pub fn pack(&self, now: Timestamp) -> Result<bool, StoreError> {
        private_dir(self.dir()).map_err(io_at(self.dir()))?;
        let path = self.dir().join("packing");
        let mut options = fs::OpenOptions::new();
        options.write(true).create(true).truncate(false);
        let lock = options.open(&path).map_err(io_at(&path))?;
        match File::try_lock(&lock) {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(false),
            Err(TryLockError::Error(error)) => return Err(io_at(&path)(error)),
        }
        let common_dir = self.common_dir();
        remove_leftovers(&common_dir.join("objects/pack"), now).map_err(io_at(common_dir))?;
        // An older git cannot leave large packs alone; then all reachable loose objects become one
        // more pack.
        let geometric = ["repack", "-d", "-l", "-q", "--geometric=2"];
        let packed = match git(common_dir, &geometric).map_err(io_at(common_dir))? {
            output if output.status.code() == Some(129) => {
                git(common_dir, &["repack", "-d", "-l", "-q"]).map_err(io_at(common_dir))?
            }
            output => output,
        };
        check_success(&packed).map_err(io_at(common_dir))?;
        // For git's own display of a record's history. An older git does without.
        let graph =
            ["commit-graph", "write", "--reachable", "--split", "--changed-paths", "--no-progress"];
        git(common_dir, &graph).map_err(io_at(common_dir))?;
        Ok(true)
    }
}

/// Removes the remains of a killed packing; git itself only does so when it prunes.
fn remove_leftovers(packs: &Path, now: Timestamp) -> io::Result<()> {
    let yesterday = now - 24.hours();
    let listed = match fs::read_dir(packs) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        listed => listed?,
    };
    for item in listed {
        let item = item?;
        let name = item.file_name();
        let name = name.to_string_lossy();
        if !["tmp_", ".tmp-"].iter().any(|begin| name.starts_with(begin)) {
            continue;
        }
        let written = item.metadata().and_then(|it| it.modified()).ok();
        let written = written.and_then(|it| Timestamp::try_from(it).ok());
        if written.is_some_and(|it| it < yesterday) {
            let _ = fs::remove_file(item.path()); // the next packing tries again
        }
    }
    Ok(())
}

fn git(git_dir: &Path, arguments: &[&str]) -> io::Result<Output> {
    let mut git = Command::new("git");
    for name in ENVIRONMENT {
        git.env_remove(name);
    }
    git.env("LC_ALL", "C").arg("--git-dir").arg(git_dir);
    for setting in SETTINGS {
        git.args(["-c", setting]);
    }
    git.args(arguments).current_dir(git_dir).output()
}

fn check_success(output: &Output) -> io::Result<()> {
    if output.status.success() {
        return Ok(());
    }
    let errors = String::from_utf8_lossy(&output.stderr);
    let line = errors.lines().last().unwrap_or("it was killed");
    Err(io::Error::other(format!("git could not pack: {line}")))
}
