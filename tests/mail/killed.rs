//! A sender killed at any of its writes: the next run sends to everybody else, nobody gets a
//! letter twice, and everything is recorded.

#![cfg(target_os = "linux")]

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
    thread,
};

use crate::{part, process::World};

/// The system calls that write something.
const CALLS: [&str; 4] = ["fdatasync", "fsync", "rename", "linkat"];

/// The number of members due a letter.
const DUE: usize = 3;

#[test]
fn at_every_call_that_writes() {
    if !part::there("strace", &["-f", "true"]) {
        return;
    }
    let Some(world) = World::new() else { return };
    for name in ["Ada", "Bob", "Cy"].iter().take(DUE) {
        world.member(name, &format!("{}@example.org", name.to_lowercase()));
    }
    let fresh = world.dir.path().join("fresh");
    copy(&world.shop(), &fresh);
    // Each kind has a copy of the space, since a sender mostly waits for the disk.
    let kills: usize = thread::scope(|scope| {
        let (world, fresh) = (&world, &fresh);
        let all = CALLS.map(|call| scope.spawn(move || at_each(world, fresh, call)));
        all.into_iter().map(|it| it.join().unwrap()).sum()
    });
    assert!(kills > 15, "only {kills} calls");
    // At most one letter was on its way when the sender was killed.
    let trials = kills + CALLS.len();
    let letters = world.received().len();
    assert!(
        (DUE * trials..=DUE * trials + kills).contains(&letters),
        "{letters} of {trials} trials"
    );
}

/// Kills at the first, second, … call of one kind; returns how many there are.
fn at_each(world: &World, fresh: &Path, call: &str) -> usize {
    let shop = world.dir.path().join(format!("shop-{call}"));
    for when in 1..300 {
        copy(fresh, &shop);
        let mut strace = Command::new("strace");
        strace.args(["-f", "-qq", "-e", &format!("trace={call}")]);
        strace.args(["-e", &format!("inject={call}:signal=KILL:when={when}"), "--"]);
        strace.arg(env!("CARGO_BIN_EXE_space")).stdout(Stdio::null()).stderr(Stdio::null());
        let ended = world.place(&mut strace, &shop).args(["notice", "send"]).status().unwrap();
        let results = world.send_in(&shop, 0);
        assert!(
            results.iter().all(|result| result.ends_with(" sent")),
            "{call} {when}: {results:?}"
        );
        for number in 1..=DUE {
            let file = format!("members/00/{number:04}/notices/reminder.json");
            let record = fs::read_to_string(shop.join(file)).unwrap_or_default();
            assert_eq!(record.matches("2026-03-01/3").count(), 1, "{call} {when}: {record}");
        }
        if ended.success() {
            return when - 1;
        }
    }
    panic!("the sender never ended by itself");
}

pub(crate) fn copy(from: &Path, to: &Path) {
    let _ = fs::remove_dir_all(to);
    let done = Command::new("cp").arg("-a").arg(from).arg(to).status();
    assert!(done.unwrap().success());
}
