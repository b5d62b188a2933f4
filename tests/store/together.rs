//! Several writers at once: what was acknowledged stands, and the others are told.

use std::{
    process::{Command, Stdio},
    sync::Barrier,
    thread,
};

use space::{
    domain::model::{Change, Place},
    store::{Kind, Store},
};

use crate::support::{Fixture, ada, id, member, naming, now, rehearsing, try_git};

const WHERE: &str = "SPACE_TOGETHER_CHILD";
const WHO: &str = "SPACE_TOGETHER_NUMBER";
const ROUNDS: u64 = 8;

/// Adds members of its own; returns those that were acknowledged.
fn work(store: &Store, who: u64) -> Vec<u64> {
    let mine = (0..ROUNDS).map(|round| 100 * who + round);
    mine.filter(|number| {
        let (place, record) = member(*number, &format!("Member {number}"));
        match store.apply(
            &Change::new("x", "x").put(place, record),
            store.head().unwrap(),
            &ada(),
            now(),
        ) {
            Ok(_) => true,
            Err(error) if error.kind() == Kind::Busy => false,
            Err(error) => panic!("{error}"),
        }
    })
    .collect()
}

#[track_caller]
fn all_there(space: &Fixture, acknowledged: &[u64]) {
    assert!(!acknowledged.is_empty());
    for number in acknowledged {
        assert_eq!(space.name_of(*number), Some(format!("Member {number}")));
    }
    space.assert_clean();
    space.git(&["fsck", "--full", "--strict"]);
}

#[test]
fn threads() {
    let space = Fixture::new();
    let start = Barrier::new(4);
    let acknowledged: Vec<u64> = thread::scope(|scope| {
        let start_one = |who| {
            let (store, start) = (space.open(), &start);
            scope.spawn(move || {
                start.wait();
                work(&store, who)
            })
        };
        let threads: Vec<_> = (1..=4).map(start_one).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    all_there(&space, &acknowledged);
}

/// One of several processes: does nothing unless it was started as one.
#[test]
#[allow(clippy::print_stdout, reason = "this is how it tells its parent")]
fn child() {
    let Ok(root) = std::env::var(WHERE) else { return };
    let who = std::env::var(WHO).unwrap().parse().unwrap();
    let store = rehearsing(Store::open(root.as_ref()).unwrap());
    for number in work(&store, who) {
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
        assert!(output.status.success());
        let said = String::from_utf8(output.stdout).unwrap();
        let numbers = said.lines().filter_map(|line| line.strip_prefix("acknowledged "));
        acknowledged.extend(numbers.map(|it| it.parse::<u64>().unwrap()));
    }
    all_there(&space, &acknowledged);
}

#[test]
fn a_volunteer_who_commits_all_the_time_reverts_nothing() {
    let space = Fixture::new();
    let acknowledged = thread::scope(|scope| {
        let root = space.path();
        let volunteer = scope.spawn(move || {
            for round in 0..25 {
                std::fs::write(root.join("NOTES.md"), format!("{round}")).unwrap();
                try_git(root, &["add", "NOTES.md"]); // git gives way while the index is held
                try_git(root, &["commit", "-qm", "note"]);
            }
        });
        let store = space.open();
        let acknowledged = work(&store, 1);
        volunteer.join().unwrap();
        acknowledged
    });
    try_git(space.path(), &["add", "NOTES.md"]);
    try_git(space.path(), &["commit", "-qm", "note"]);
    all_there(&space, &acknowledged);
}

#[test]
fn a_holder_is_named_to_whoever_waits_in_vain() {
    let space = Fixture::new();
    let lock = space.store.dir().join("lock");
    let held = std::fs::OpenOptions::new().write(true).open(lock).unwrap();
    held.lock().unwrap();
    let before = space.store.head().unwrap();
    let error = space
        .open()
        .apply(&naming(1, "Ada King"), space.open().head().unwrap(), &ada(), now())
        .unwrap_err();
    assert_eq!(error.kind(), Kind::Busy);
    assert!(error.hint().is_some());
    assert_eq!(space.store.head().unwrap(), before);
    held.unlock().unwrap();
    space.apply(&Change::new("x", "x").remove(Place::Member(id(2))));
    space.assert_clean();
}
