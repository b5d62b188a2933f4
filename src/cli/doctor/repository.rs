//! Checks that the repository is complete, the key is here, and the hooks are in place.

use std::{cmp::Ordering, path::Path, process::Command};

use jiff::{SignedDuration, Timestamp};

use super::diagnosis::Diagnosis;
use crate::{
    app::{check, init, view::counted},
    cli::{advice, output::command},
    domain::model::{Advice, FORMAT, Finding, Note},
    store::{Store, Upstream, follow::CloneState},
};

/// The number of loose objects that are slow to read and should be packed.
const MAX_LOOSE_OBJECTS: usize = 2_000;

/// Examines the repository.
pub(super) fn examine(
    store: &Store,
    longest_age: Option<SignedDuration>,
    now: Timestamp,
) -> Vec<Diagnosis> {
    let git_dir = store.dir().parent().unwrap_or(store.dir());
    let mut diagnoses = vec![git(), branch(store)];
    diagnoses.extend(clone(store, now));
    diagnoses.extend(age(store, longest_age, now));
    diagnoses.extend([
        key(store),
        format(store),
        records(store),
        objects(git_dir),
        packs(store),
        loose_objects(git_dir),
        hooks(store, git_dir),
    ]);
    diagnoses
}

/// Compares the clone with the repository that it was cloned from.
fn clone(store: &Store, now: Timestamp) -> Vec<Diagnosis> {
    let CloneState { upstream, notes } = CloneState::of(store, &mut None, now);
    let bad = |Note { text, advice }: Note| {
        Diagnosis::error("clone", text, advice.as_ref().map(advice::words).unwrap_or_default())
    };
    if !notes.is_empty() {
        return notes.into_iter().map(bad).collect();
    }
    let bare = store.workdir().is_none();
    let good = |it: Upstream| {
        let fetched = it.fetched.map_or_else(String::new, |at| format!(", fetched {at:.0}"));
        let found = format!("{}: {}{fetched}", it.url, it.words());
        match it.failure() {
            Some(failure) => Diagnosis::warning(
                "clone",
                format!("{found}; {failure}"),
                "see what git says: `git fetch`",
            ),
            // Nobody works in such a clone, so that what was fetched is meant to be in it.
            None if bare && it.apart.is_some_and(|apart| apart.behind > 0) => Diagnosis::warning(
                "clone",
                format!("{found}, and not taken over"),
                format!("see what git says: `git fetch origin {0}:{0}`", it.branch),
            ),
            None => Diagnosis::ok("clone", found),
        }
    };
    upstream.map(good).into_iter().collect()
}

/// Examines until when the records of a door are known to have been current.
fn age(store: &Store, longest: Option<SignedDuration>, now: Timestamp) -> Option<Diagnosis> {
    let upstream = store.upstream(&mut None).ok()??;
    if !upstream.follows {
        return None;
    }
    let what = "news of the records";
    let advice = "whatever was changed since then is not in force here: look at the network, at the \
                  other rows, and at `systemctl status space-fetch space-follow`";
    let Some(heard) = upstream.heard(now) else {
        return Some(Diagnosis::error(what, "it is not known when there were any", advice));
    };
    let age = now.duration_since(heard);
    let found = format!("the last ones came at {heard:.0} from {}", upstream.url);
    Some(if longest.is_some_and(|longest| age > longest) {
        Diagnosis::error(what, found, advice)
    } else {
        Diagnosis::ok(what, found)
    })
}

fn git() -> Diagnosis {
    match Command::new("git").arg("--version").output() {
        Ok(output) => {
            Diagnosis::ok("git", String::from_utf8_lossy(&output.stdout).trim().to_owned())
        }
        Err(error) => Diagnosis::warning(
            "git",
            format!("the program cannot be run: {error}"),
            "install it: clones, pushes and these checks need it",
        ),
    }
}

fn branch(store: &Store) -> Diagnosis {
    match (store.branch(), store.head()) {
        (Ok(branch), Ok(head)) => {
            Diagnosis::ok("branch", format!("{branch} at commit {}", head.short()))
        }
        (Err(error), _) | (_, Err(error)) => Diagnosis::from_error("branch", error),
    }
}

fn key(store: &Store) -> Diagnosis {
    match store.key() {
        Ok(key) if is_private(&store.dir().join("key")) => {
            Diagnosis::ok("key", format!("{} is here", key.id()))
        }
        Ok(_) => Diagnosis::error(
            "key",
            "other users can read it",
            format!(
                "`chmod 600 {}`",
                command::word(&store.dir().join("key").display().to_string())
            ),
        ),
        Err(error) => Diagnosis::from_error("key", error),
    }
}

#[cfg(unix)]
pub(super) fn is_private(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(path).is_ok_and(|it| it.permissions().mode() & 0o077 == 0)
}

#[cfg(not(unix))]
pub(super) fn is_private(_: &Path) -> bool {
    true
}

fn format(store: &Store) -> Diagnosis {
    let format = match store.head().and_then(|head| Ok(store.read(head)?.format())) {
        Ok(format) => format,
        Err(error) => return Diagnosis::from_error("format", error),
    };
    let odd = |step| {
        let found = format!("{format}; this program writes {FORMAT}");
        Diagnosis::warning("format", found, advice::words(&step))
    };
    match format.cmp(&FORMAT) {
        Ordering::Less => odd(Advice::Migrate),
        Ordering::Equal => Diagnosis::ok("format", format.to_string()),
        Ordering::Greater => odd(Advice::UpdateProgram),
    }
}

/// What to do about findings.
const CHECK_ADVICE: &str = "`space check HEAD` shows them";

fn records(store: &Store) -> Diagnosis {
    let head = match store.head().and_then(|head| store.read(head)) {
        Ok(head) => head,
        Err(error) => return Diagnosis::from_error("records", error),
    };
    let findings = check::all(&head);
    let errors = findings.iter().filter(|finding| Finding::is_error(finding)).count();
    match (errors, findings.len() - errors) {
        (0, 0) => Diagnosis::ok("records", "no findings"),
        (0, warnings) => {
            Diagnosis::warning("records", counted(warnings as u64, "warning"), CHECK_ADVICE)
        }
        (errors, _) => Diagnosis::error("records", counted(errors as u64, "error"), CHECK_ADVICE),
    }
}

/// Lets git follow every object, without reading the content of files.
fn objects(git_dir: &Path) -> Diagnosis {
    let mut fsck = Command::new("git");
    fsck.arg("--git-dir").arg(git_dir);
    fsck.args(["fsck", "--connectivity-only", "--no-dangling", "--no-progress"]);
    match fsck.output() {
        Ok(output) if output.status.success() => Diagnosis::ok("objects", "nothing is missing"),
        Ok(output) => {
            let message = String::from_utf8_lossy(&output.stderr).into_owned();
            let message = message + &String::from_utf8_lossy(&output.stdout);
            Diagnosis::error(
                "objects",
                message.lines().next().unwrap_or("git fsck fails").to_owned(),
                "fetch what is missing from another clone; `git fsck` lists it",
            )
        }
        Err(error) => Diagnosis::warning("objects", format!("not checked: {error}"), "install git"),
    }
}

/// Reads the indexes of all packs, which have to be as git wrote them.
fn packs(store: &Store) -> Diagnosis {
    match store.check_packs() {
        Ok(()) => Diagnosis::ok("indexes of packs", "in order"),
        Err(error) => Diagnosis::from_error("indexes of packs", error),
    }
}

fn loose_objects(git_dir: &Path) -> Diagnosis {
    let folders = (0..256).map(|first| git_dir.join(format!("objects/{first:02x}")));
    let count = folders.flat_map(std::fs::read_dir).map(Iterator::count).sum::<usize>();
    let found = format!("{count} loose");
    if count < MAX_LOOSE_OBJECTS {
        Diagnosis::ok("packs", found)
    } else {
        Diagnosis::warning("packs", found, "pack them with `space maintain`")
    }
}

fn hooks(store: &Store, git_dir: &Path) -> Diagnosis {
    let mut config = Command::new("git");
    config.arg("--git-dir").arg(git_dir).args(["config", "core.hooksPath"]);
    if let Ok(output) = config.output()
        && output.status.success()
    {
        let elsewhere = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        // git takes a relative path from where it runs hooks.
        let (at, own) = match store.workdir() {
            Some(files) => (files, ".git/hooks"),
            None => (git_dir, "hooks"),
        };
        let place = |path: &str| at.join(path).canonicalize().ok();
        if elsewhere.starts_with('~') || place(&elsewhere) != place(own) {
            return Diagnosis::warning(
                "hooks",
                format!(
                    "git looks for them in {elsewhere}, so commits made with git are not checked"
                ),
                format!("`git config core.hooksPath {own}` has it look here again"),
            );
        }
    }
    match init::install_hooks(store) {
        Ok(left) if left.is_empty() => Diagnosis::ok("hooks", "in place"),
        Ok(left) => Diagnosis::warning(
            "hooks",
            format!("{} was not installed by this program", left[0].display()),
            format!(
                "move it away (`mv {0} {0}.aside`), or let it run `space check` too",
                command::word(&left[0].display().to_string())
            ),
        ),
        Err(error) => Diagnosis::from_error("hooks", error),
    }
}
