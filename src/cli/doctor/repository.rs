//! Checks that the repository is complete, the key is here, and the hooks are in place.

use std::{cmp::Ordering, path::Path, process::Command};

use jiff::Timestamp;

use super::verdict::Verdict;
use crate::{
    app::{check, init},
    cli::advice,
    domain::model::{Advice, FORMAT, Finding, Note},
    store::{Store, Upstream, follow::CloneState},
};

/// The number of loose objects that are slow to read and should be packed.
const MANY: usize = 2_000;

/// Examines the repository.
pub(super) fn look(store: &Store, now: Timestamp) -> Vec<Verdict> {
    let git_dir = store.dir().parent().unwrap_or(store.dir());
    let mut verdicts = vec![git(), branch(store)];
    verdicts.extend(clone(store, now));
    verdicts.extend([
        key(store),
        format(store),
        records(store),
        whole(git_dir),
        loose(git_dir),
        hooks(store, git_dir),
    ]);
    verdicts
}

/// Compares the clone with the repository that it was cloned from.
fn clone(store: &Store, now: Timestamp) -> Vec<Verdict> {
    let CloneState { upstream, notes } = CloneState::of(store, &mut None, now);
    let bad = |Note { text, advice }: Note| {
        Verdict::bad("clone", text, advice.as_ref().map(advice::words).unwrap_or_default())
    };
    if !notes.is_empty() {
        return notes.into_iter().map(bad).collect();
    }
    let good = |it: Upstream| {
        let fetched = it.fetched.map_or_else(String::new, |at| format!(", fetched {at:.0}"));
        Verdict::good("clone", format!("{}: {}{fetched}", it.url, it.words()))
    };
    upstream.map(good).into_iter().collect()
}

fn git() -> Verdict {
    match Command::new("git").arg("--version").output() {
        Ok(said) => Verdict::good("git", String::from_utf8_lossy(&said.stdout).trim().to_owned()),
        Err(error) => Verdict::odd(
            "git",
            format!("the program cannot be run: {error}"),
            "install it: clones, pushes and these checks need it",
        ),
    }
}

fn branch(store: &Store) -> Verdict {
    match (store.branch(), store.head()) {
        (Ok(branch), Ok(head)) => {
            Verdict::good("branch", format!("{branch} at commit {}", head.short()))
        }
        (Err(error), _) | (_, Err(error)) => Verdict::of_error("branch", error),
    }
}

fn key(store: &Store) -> Verdict {
    match store.key() {
        Ok(key) if is_private(&store.dir().join("key")) => {
            Verdict::good("key", format!("{} is here", key.id()))
        }
        Ok(_) => Verdict::bad(
            "key",
            "other users can read it",
            format!("chmod 600 {}", store.dir().join("key").display()),
        ),
        Err(error) => Verdict::of_error("key", error),
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

fn format(store: &Store) -> Verdict {
    let format = match store.head().and_then(|head| Ok(store.read(head)?.format())) {
        Ok(format) => format,
        Err(error) => return Verdict::of_error("format", error),
    };
    let odd = |step| {
        let found = format!("{format}; this program writes {FORMAT}");
        Verdict::odd("format", found, advice::words(&step))
    };
    match format.cmp(&FORMAT) {
        Ordering::Less => odd(Advice::Migrate),
        Ordering::Equal => Verdict::good("format", format.to_string()),
        Ordering::Greater => odd(Advice::UpdateProgram),
    }
}

/// What to do about findings.
const SHOW: &str = "`space check HEAD` shows them";

fn records(store: &Store) -> Verdict {
    let head = match store.head().and_then(|head| store.read(head)) {
        Ok(head) => head,
        Err(error) => return Verdict::of_error("records", error),
    };
    let findings = check::all(&head);
    let errors = findings.iter().filter(|finding| Finding::is_error(finding)).count();
    match (errors, findings.len() - errors) {
        (0, 0) => Verdict::good("records", "no findings"),
        (0, warnings) => Verdict::odd("records", format!("{warnings} warnings"), SHOW),
        (errors, _) => Verdict::bad("records", format!("{errors} errors"), SHOW),
    }
}

/// Lets git follow every object, without reading the content of files.
fn whole(git_dir: &Path) -> Verdict {
    let mut fsck = Command::new("git");
    fsck.arg("--git-dir").arg(git_dir);
    fsck.args(["fsck", "--connectivity-only", "--no-dangling", "--no-progress"]);
    match fsck.output() {
        Ok(said) if said.status.success() => Verdict::good("objects", "nothing is missing"),
        Ok(said) => {
            let words = String::from_utf8_lossy(&said.stderr).into_owned();
            let words = words + &String::from_utf8_lossy(&said.stdout);
            Verdict::bad(
                "objects",
                words.lines().next().unwrap_or("git fsck fails").to_owned(),
                "fetch what is missing from another clone; `git fsck` lists it",
            )
        }
        Err(error) => Verdict::odd("objects", format!("not checked: {error}"), "install git"),
    }
}

fn loose(git_dir: &Path) -> Verdict {
    let folders = (0..256).map(|first| git_dir.join(format!("objects/{first:02x}")));
    let count = folders.flat_map(std::fs::read_dir).map(Iterator::count).sum::<usize>();
    let found = format!("{count} loose");
    if count < MANY {
        Verdict::good("packs", found)
    } else {
        Verdict::odd("packs", found, "pack them with `space maintain`")
    }
}

fn hooks(store: &Store, git_dir: &Path) -> Verdict {
    let mut config = Command::new("git");
    config.arg("--git-dir").arg(git_dir).args(["config", "core.hooksPath"]);
    if let Ok(said) = config.output()
        && said.status.success()
    {
        let elsewhere = String::from_utf8_lossy(&said.stdout).trim().to_owned();
        return Verdict::odd(
            "hooks",
            format!("git looks for them in {elsewhere}, so commits made with git are not checked"),
            "run `git config core.hooksPath .git/hooks` in this repository",
        );
    }
    match init::install_hooks(store) {
        Ok(left) if left.is_empty() => Verdict::good("hooks", "in place"),
        Ok(left) => Verdict::odd(
            "hooks",
            format!("{} was not installed by this program", left[0].display()),
            "move it away, or let it run `space check` too",
        ),
        Err(error) => Verdict::of_error("hooks", error),
    }
}
