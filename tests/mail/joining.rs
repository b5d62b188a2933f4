//! Somebody joins, and the program is killed between the commit and the mail, or anywhere else: the next
//! run sends the welcome, and nobody is a member twice.

#![cfg(target_os = "linux")]

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
    thread,
};

use crate::{killed::copy, part, process::World};

/// The system calls that write something.
const CALLS: [&str; 5] = ["fdatasync", "fsync", "syncfs", "rename", "linkat"];

/// Who has followed the link, and waits for an admin.
const APPLICATION: &str = r#"{
  "id": "0a1b2c3d", "since": "2026-03-01T18:00:00Z", "until": "2026-05-30T18:00:00Z",
  "stage": "admin",
  "content": {
    "name": "Grace Hopper", "email": "grace@example.com", "tier": "standard", "news": false,
    "language": "en", "agreed": { "on": "2026-03-01" },
    "children": [{ "name": "Byron Hopper", "born": "2015-05" }]
  }
}"#;

const WAITING: &str = ".git/space/applications/application/0a1b2c3d.json";

fn newcomer(world: &World) {
    world.good(&["settings", "edit", "--joining-tier", "standard", "--joining", "after-approval"]);
    world.good(&["notice", "send"]); // from here on newcomers are welcomed
    let waiting = world.shop().join(WAITING);
    fs::create_dir_all(waiting.parent().unwrap()).unwrap();
    fs::write(waiting, APPLICATION).unwrap();
}

#[test]
fn the_welcome_reaches_a_real_server() {
    let Some(world) = World::new() else { return };
    newcomer(&world);
    let said = world.good(&["join", "accept", "grace"]);
    assert!(said.contains("the welcome was sent"), "{said}");
    assert_eq!(world.send(0), [""; 0]);
    assert_eq!(world.received(), ["grace@example.com"]);
}

#[test]
fn a_kill_between_commit_and_mail_delays_the_mail_and_doubles_nobody() {
    if !part::there("strace", &["-f", "true"]) {
        return;
    }
    let Some(world) = World::new() else { return };
    newcomer(&world);
    let fresh = world.dir.path().join("fresh");
    copy(&world.shop(), &fresh);
    let kills: usize = thread::scope(|scope| {
        let (world, fresh) = (&world, &fresh);
        let all = CALLS.map(|call| scope.spawn(move || at_each(world, fresh, call)));
        all.into_iter().map(|it| it.join().unwrap()).sum()
    });
    assert!(kills > 15, "only {kills} calls");
    // One letter a trial, and at most one more that was on its way when the program was killed.
    let trials = kills + CALLS.len();
    let letters = world.received();
    assert!(letters.iter().all(|it| it == "grace@example.com"), "{letters:?}");
    assert!((trials..=trials + kills).contains(&letters.len()), "{} of {trials}", letters.len());
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
        let ended = world.place(&mut strace, &shop).args(["join", "accept", "grace"]).status();
        world.send_in(&shop, 0);
        if shop.join(WAITING).exists() {
            // It came to nothing, and an admin presses the button once more.
            let mut again = Command::new(env!("CARGO_BIN_EXE_space"));
            let again = world.place(&mut again, &shop).args(["join", "accept", "grace"]);
            let done = again.output().unwrap();
            assert!(done.status.success(), "{call} {when}: {done:?}");
        }
        for (number, name) in [(1, "Grace Hopper"), (2, "Byron Hopper")] {
            let folder = shop.join(format!("members/00/{number:04}"));
            let member = fs::read_to_string(folder.join("member.json")).unwrap();
            assert!(member.contains(name), "{call} {when}: {member}");
            let welcome = fs::read_to_string(folder.join("notices/welcome.json")).unwrap();
            assert_eq!(welcome.matches("occasion").count(), 1, "{call} {when}: {welcome}");
        }
        assert!(!shop.join("members/00/0003").exists(), "{call} {when}: somebody joined twice");
        assert!(!shop.join(WAITING).exists(), "{call} {when}: it still waits");
        if ended.unwrap().success() {
            return when - 1;
        }
    }
    panic!("the program never ended by itself");
}
