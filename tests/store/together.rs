//! Several writers at once: acknowledged changes stay, and the others are refused.

use std::{
    process::{Command, Stdio},
    sync::Barrier,
    thread,
};

use space::{
    domain::model::{Change, RecordPath, Subject},
    store::{ErrorKind, Store, StoreError},
};

use crate::support::{Fixture, ada, id, member, naming, now, rehearsing, try_git};

const WHERE: &str = "SPACE_TOGETHER_CHILD";
const WHO: &str = "SPACE_TOGETHER_NUMBER";
const ROUNDS: u64 = 8;

/// How often a change is tried while others are in the way.
const TRIES: usize = 100;

/// The results of a writer's changes.
#[derive(Default)]
struct Done {
    /// The members that were acknowledged.
    landed: Vec<u64>,
    /// How often a change was refused because somebody else was writing.
    refused: usize,
}

/// Adds members of its own, trying each until it succeeds.
fn work(store: &Store, who: u64) -> Done {
    let mut done = Done::default();
    for number in (0..ROUNDS).map(|round| 100 * who + round) {
        let (record_path, record) = member(number, &format!("Member {number}"));
        let change =
            Change::new(Subject::new("add").and(id(number)), "x").put(record_path.clone(), record);
        let landed =
            (0..TRIES).any(|_| match store.apply(&change, store.head().unwrap(), &ada(), now()) {
                // The files follow with the next change.
                Ok(_) | Err(StoreError::Unfinished { .. }) => true,
                Err(error) if error.kind() == ErrorKind::Busy => {
                    let newest = store.read(store.head().unwrap()).unwrap();
                    assert!(
                        newest.record(&record_path).unwrap().is_none(),
                        "{number} was refused: {error}"
                    );
                    done.refused += 1;
                    false
                }
                Err(error) => panic!("{number}: {error}"),
            });
        assert!(landed, "{number} was refused {TRIES} times");
        done.landed.push(number);
    }
    done
}

/// Checks that exactly the members of all writers exist, each added by one commit.
#[track_caller]
fn all_there(space: &Fixture, writers: u64, mut acknowledged: Vec<u64>) {
    acknowledged.sort_unstable();
    let mine = |who| (0..ROUNDS).map(move |round| 100 * who + round);
    let all: Vec<u64> = (1..=writers).flat_map(mine).collect();
    assert_eq!(acknowledged, all);
    let store = space.open();
    let (members, findings) =
        store.read(store.head().unwrap()).unwrap().members(|it| it.id.number());
    assert!(findings.is_empty(), "{findings:?}");
    assert_eq!(members, [&[1, 2], &all[..]].concat());
    for number in &all {
        assert_eq!(space.name_of(*number), Some(format!("Member {number}")));
    }
    let subjects = space.git(&["log", "--format=%s"]);
    let mut added: Vec<u64> = subjects
        .lines()
        .filter_map(|subject| subject.strip_prefix("add ").map(|number| number.parse().unwrap()))
        .collect();
    added.sort_unstable();
    assert_eq!(added, all, "one commit each");
    space.assert_clean();
    space.git(&["fsck", "--full", "--strict"]);
}

#[test]
fn threads() {
    let space = Fixture::new();
    let start = Barrier::new(4);
    let done: Vec<Done> = thread::scope(|scope| {
        let start_one = |who| {
            let (store, start) = (space.open(), &start);
            scope.spawn(move || {
                start.wait();
                work(&store, who)
            })
        };
        let threads: Vec<_> = (1..=4).map(start_one).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    all_there(&space, 4, done.into_iter().flat_map(|done| done.landed).collect());
}

/// One of several processes: does nothing unless started as one.
#[test]
#[allow(clippy::print_stdout, reason = "this is how it tells its parent")]
fn child() {
    let Ok(root) = std::env::var(WHERE) else { return };
    let who = std::env::var(WHO).unwrap().parse().unwrap();
    let store = rehearsing(Store::open(root.as_ref()).unwrap());
    for number in work(&store, who).landed {
        println!("\nacknowledged {number}");
    }
}

#[test]
fn processes() {
    let space = Fixture::new();
    let start = |who: u64| {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "together::child", "--nocapture"]);
        command.env(WHERE, space.path()).env(WHO, who.to_string()).stdout(Stdio::piped());
        command.spawn().unwrap()
    };
    let children: Vec<_> = (1..=3).map(start).collect();
    let mut acknowledged: Vec<u64> = Vec::new();
    for child in children {
        let output = child.wait_with_output().unwrap();
        let stdout = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "{stdout}");
        let numbers = stdout.lines().filter_map(|line| line.strip_prefix("acknowledged "));
        acknowledged.extend(numbers.map(|it| it.parse::<u64>().unwrap()));
    }
    all_there(&space, 3, acknowledged);
}

/// A git that read the index before our change and wrote it after leaves one without the change.
#[test]
fn an_index_that_git_wrote_too_late_reverts_nothing() {
    let space = Fixture::new();
    let index = space.path().join(".git/index");
    let before = std::fs::read(&index).unwrap();
    let (record_path, record) = member(100, "Grace Hopper");
    space.apply(&Change::new("x", "x").put(record_path, record));
    std::fs::write(&index, before).unwrap();
    let (record_path, record) = member(101, "Alan Turing");
    space.apply(&Change::new("x", "x").put(record_path, record));
    std::fs::write(space.path().join("NOTES.md"), "note").unwrap();
    try_git(space.path(), &["add", "NOTES.md"]);
    try_git(space.path(), &["commit", "-qm", "note"]);
    let names = [100, 101].map(|number| space.name_of(number));
    assert_eq!(names, [Some("Grace Hopper".to_owned()), Some("Alan Turing".to_owned())]);
    assert!(space.git(&["show", "HEAD:members/01/0100/member.json"]).contains("Grace Hopper"));
    space.assert_clean();
}

#[test]
fn a_volunteer_who_commits_all_the_time_reverts_nothing() {
    let space = Fixture::new();
    let done = thread::scope(|scope| {
        let root = space.path();
        let volunteer = scope.spawn(move || {
            for round in 0..25 {
                std::fs::write(root.join("NOTES.md"), format!("{round}")).unwrap();
                try_git(root, &["add", "NOTES.md"]); // git fails while the index is locked
                try_git(root, &["commit", "-qm", "note"]);
            }
        });
        let store = space.open();
        let done = work(&store, 1);
        volunteer.join().unwrap();
        done
    });
    try_git(space.path(), &["add", "NOTES.md"]);
    try_git(space.path(), &["commit", "-qm", "note"]);
    all_there(&space, 1, done.landed);
}

#[test]
fn the_holder_is_named_when_waiting_fails() {
    let space = Fixture::new();
    let lock = space.store.dir().join("lock");
    let held = std::fs::OpenOptions::new().write(true).open(lock).unwrap();
    held.lock().unwrap();
    let before = space.store.head().unwrap();
    let error = space
        .open()
        .apply(&naming(1, "Ada King"), space.open().head().unwrap(), &ada(), now())
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Busy);
    assert!(error.hint().is_some());
    assert_eq!(space.store.head().unwrap(), before);
    held.unlock().unwrap();
    space.apply(&Change::new("x", "x").remove(RecordPath::Member(id(2))));
    space.assert_clean();
}
