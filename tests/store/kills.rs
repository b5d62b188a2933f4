//! A kill at any point of a change: the old state or the new one, and the next command repairs it.

use std::{
    path::Path,
    process::{Command, Stdio},
    sync::atomic::{AtomicUsize, Ordering::SeqCst},
};

use space::{
    domain::model::{Change, RecordPath},
    store::Store,
};

use crate::support::{Fixture, ada, git, id, member, naming, now, rehearsing};

const WHERE: &str = "SPACE_KILL_CHILD";
const WHEN: &str = "SPACE_KILL_STEP";

/// A change of every kind: a record edited, one added in a new folder, one removed with its
/// folder.
fn change() -> Change {
    let (record_path, record) = member(4_242, "Alan Turing");
    naming(1, "Ada King").put(record_path, record).remove(RecordPath::Member(id(2)))
}

fn step(_: &'static str) {
    static SEEN: AtomicUsize = AtomicUsize::new(0);
    let wanted = std::env::var(WHEN).ok().and_then(|it| it.parse().ok());
    if Some(SEEN.fetch_add(1, SeqCst) + 1) == wanted {
        std::process::abort();
    }
}

/// The process that is killed: does nothing unless started as one.
#[test]
fn child() {
    let Ok(root) = std::env::var(WHERE) else { return };
    let mut store = rehearsing(Store::open(Path::new(&root)).unwrap());
    store.on_step(step);
    store.apply(&change(), store.head().unwrap(), &ada(), now()).unwrap();
}

fn command(program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// Copies a fresh space, so that each trial starts the same.
fn copy(of: &Fixture) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let from = format!("{}/.", of.path().display());
    let done = command("cp", &["-a", &from, dir.path().to_str().unwrap()]).status().unwrap();
    assert!(done.success());
    dir
}

/// Checks the result of a kill: the complete old or new state, and after one more change all is
/// well.
#[track_caller]
fn look_through(root: &Path, trial: &str) {
    git(root, &["fsck", "--full", "--strict"]);
    let store = rehearsing(Store::open(root).unwrap());
    let read = |store: &Store| {
        let revision = store.read(store.head().unwrap()).unwrap();
        let (members, findings) = revision.members(|it| it.id.number());
        assert!(findings.is_empty(), "{trial}: {findings:?}");
        members
    };
    let before = read(&store);
    assert!(before == [1, 2] || before == [1, 4_242], "{trial}: {before:?}");
    let (record_path, record) = member(7, "Afterwards");
    store
        .apply(
            &Change::new("x", "x").put(record_path, record),
            store.head().unwrap(),
            &ada(),
            now(),
        )
        .unwrap();
    let after = read(&store);
    let kept = after.iter().filter(|it| **it != 7).copied().collect::<Vec<_>>();
    assert_eq!((kept, after.len()), (before, 3), "{trial}");
    assert_eq!(git(root, &["status", "--porcelain", "--untracked-files=all"]), "", "{trial}");
}

#[test]
fn at_every_step() {
    let space = Fixture::new();
    let exe = std::env::current_exe().unwrap();
    for when in 1..200 {
        let root = copy(&space);
        let mut child = command(exe.to_str().unwrap(), &["--exact", "kills::child"]);
        let ended = child.env(WHERE, root.path()).env(WHEN, when.to_string()).status().unwrap();
        if ended.success() {
            assert!(when > 20, "only {when} steps");
            return;
        }
        look_through(root.path(), &format!("step {when}"));
    }
    panic!("the child never ended by itself");
}

#[test]
#[cfg(target_os = "linux")]
fn at_every_system_call_that_writes() {
    const CALLS: [&str; 16] = [
        "write",
        "pwrite64",
        "rename",
        "renameat",
        "renameat2",
        "link",
        "linkat",
        "mkdir",
        "mkdirat",
        "unlink",
        "unlinkat",
        "rmdir",
        "ftruncate",
        "chmod",
        "fchmod",
        "copy_file_range",
    ];
    if !crate::part::there("strace", &["-f", "true"]) {
        return;
    }
    let space = Fixture::new();
    // strace counts each call separately.
    let kills: usize = CALLS.iter().map(|call| at_each(&space, call)).sum();
    assert!(kills > 40, "only {kills} system calls");
}

/// Kills the child at its first, second, … call of one kind; returns how many there are.
#[cfg(target_os = "linux")]
fn at_each(space: &Fixture, call: &str) -> usize {
    let exe = std::env::current_exe().unwrap();
    for when in 1..200 {
        let root = copy(space);
        let trace = format!("trace={call}");
        let inject = format!("inject={call}:signal=KILL:when={when}");
        let child = [exe.to_str().unwrap(), "--exact", "kills::child", "--test-threads=1"];
        let mut strace = command("strace", &["-f", "-e", &trace, "-e", &inject]);
        let ended = strace.args(child).env(WHERE, root.path()).status().unwrap();
        if ended.success() {
            return when - 1;
        }
        look_through(root.path(), &format!("{call} {when}"));
    }
    panic!("the child never ended by itself");
}

/// Runs the test above where a program cannot be found.
#[cfg(target_os = "linux")]
fn without_strace(ci: Option<&str>) -> std::process::Output {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "kills::at_every_system_call_that_writes"]);
    command.env("PATH", "/nowhere").env_remove("CI").envs(ci.map(|it| ("CI", it)));
    command.output().unwrap()
}

#[test]
#[cfg(target_os = "linux")]
fn a_missing_part_is_reported_and_fails_in_continuous_integration() {
    let skipped = without_strace(None);
    assert!(skipped.status.success());
    let message = String::from_utf8_lossy(&skipped.stderr);
    assert!(message.contains("at_every_system_call_that_writes: strace is missing"), "{message}");
    let failed = without_strace(Some("true"));
    assert!(!failed.status.success());
    let message = String::from_utf8_lossy(&failed.stdout);
    assert!(message.contains("strace is missing: install it"), "{message}");
}
