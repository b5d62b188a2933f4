//! A bridge killed at any of its writes: the next one goes on, nothing is lost, and nothing is applied
//! or sent twice.

#![cfg(target_os = "linux")]

use std::{
    collections::BTreeMap,
    process::{Command, Stdio},
    thread,
};

use serde_json::{Value, json};

use crate::{
    journals::activity,
    part,
    support::{ADA, STRANGER},
    world::{TAG, World, activate, open_house},
};

/// The system calls that write something.
const CALLS: [&str; 6] = ["fdatasync", "fsync", "rename", "linkat", "unlink", "unlinkat"];

/// How many activities wait.
const ACTIVITIES: usize = 3;

#[test]
fn at_every_call_that_writes() {
    if !part::there("strace", &["-f", "true"]) {
        return;
    }
    // Each kind has a thread, since a bridge mostly waits for the disk.
    let kills: usize = thread::scope(|scope| {
        let all = CALLS.map(|call| scope.spawn(move || at_each(call)));
        all.into_iter().map(|it| it.join().unwrap()).sum()
    });
    assert!(kills > 20, "only {kills} calls");
}

/// Kills at the first, second, … call of one kind; returns how many there are.
fn at_each(call: &str) -> usize {
    for when in 1..300 {
        let world = prepared();
        let mut strace = Command::new("strace");
        strace.args(["-f", "-qq", "-e", &format!("trace={call}")]);
        strace.args(["-e", &format!("inject={call}:signal=KILL:when={when}"), "--"]);
        strace.arg(env!("CARGO_BIN_EXE_space")).args(["bridge", "run", "--once"]);
        let ended = world.place(&mut strace).stdout(Stdio::null()).stderr(Stdio::null()).status();
        let before = world.sent();
        world.good(&["bridge", "run", "--once"]);
        look(&world, &before, &format!("{call} {when}"));
        if ended.unwrap().success() {
            return when - 1;
        }
    }
    panic!("the bridge never ended by itself");
}

/// A space with messages that wait and activities that were not sent.
fn prepared() -> World {
    let world = World::new();
    world.put("0001", &activate("3870", STRANGER, TAG));
    world.put_text("0002", "[]");
    world.put("0003", &open_house());
    world.put("0004", &json!({ "action": "revoke", "member": "1" }));
    let now = space::clock::now();
    let journal =
        space::store::journal::Journal::open(&world.journals(), "door", |words| panic!("{words}"));
    let journal = journal.unwrap();
    for number in 0..ACTIVITIES {
        let fob = Some(format!("{ADA}{number}"));
        journal.append(space::domain::model::Activity { fob, ..activity(now) });
    }
    world
}

/// Looks through what a killed bridge and the next one have left behind.
#[track_caller]
fn look(world: &World, before: &[(String, Value)], trial: &str) {
    assert_eq!(world.left(), [""; 0], "{trial}: a message is still there");
    let log = world.good(&["log", "--json"]);
    let log: Value = serde_json::from_str(&log).unwrap();
    let by_bridge = log.as_array().unwrap().iter().filter(|it| it["author"] == "bridge").count();
    assert_eq!(by_bridge, 1, "{trial}: {log}");
    let root = world.home.dir.path();
    assert!(root.join("facilities/frontdoor/requirements/open-house.json").exists(), "{trial}");
    assert!(!root.join(crate::home::CREDENTIAL).exists(), "{trial}: it was not revoked");
    let member: Value =
        serde_json::from_str(&world.good(&["member", "show", "3870", "--json"])).unwrap();
    assert!(member.to_string().contains("frontdoor"), "{trial}: {member}");
    // What was sent twice has the same id, which is the name of its file.
    let sent: BTreeMap<String, Value> = world.sent().into_iter().collect();
    assert_eq!(sent.len(), ACTIVITIES, "{trial}: {sent:?}");
    for (name, body) in before {
        assert_eq!(sent.get(name), Some(body), "{trial}");
    }
    let mut git = Command::new("git");
    let status = world.place(&mut git).args(["status", "--porcelain"]).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&status.stdout), "", "{trial}");
}
