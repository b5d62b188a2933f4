//! A guard under a user of its own, and an attacker who may write everything that is not root's.

use std::{
    fs::{self, Permissions},
    io::{BufRead as _, BufReader},
    os::unix::fs::{PermissionsExt as _, chown},
    process::{Child, Command, Stdio},
};

use crate::{
    part,
    running::Running,
    world::{World, program, until},
};

/// The users of the guard and of the attacker; nobody has these numbers.
const GUARD: u32 = 64_101;
const ATTACKER: u32 = 64_102;

/// What the attacker does, again and again: everything that comes to mind.
const ATTACK: &str = r#"
cd "$1" || exit
while :; do
    # Ask for heat, in any way.
    echo heat > asks
    # Write what the guard believes, or put something else in its place.
    for file in guard.toml thermometer furnace/relay; do
        echo 20000 > "$file"; chmod 666 "$file"; rm -f "$file"; ln -sf asks "$file"
        mv asks "$file"; touch "$file"; ln "$file" told/link
    done
    rmdir furnace; mv furnace other; mv told/guard.json thermometer
    # Spoil what it writes.
    rm -rf told/*; ln -s ../furnace/relay told/guard.new; mkfifo told/guard.json
    ln -s ../furnace/relay told/guard.jsonl; rm -f told/guard.jsonl; mkfifo told/guard.jsonl
    echo attack; rm -rf told/*; mkdir -p told/guard.new/x told/guard.json/x told/guard.jsonl/x
    # End it, stop it, be it.
    kill -9 "$2"; kill -STOP "$2"; kill -TERM "$2"
    echo closed > "/proc/$2/fd/1"; echo 20000 > "/proc/$2/mem"; renice -n 19 "$2"
    "$3" off --rehearsal --config guard.toml
    echo done-attack; rm -rf told/*
done 2>/dev/null
"#;

struct Attack(Child);

impl Attack {
    /// Waits until everything was tried this many times.
    fn rounds(&mut self, number: usize) {
        let out = self.0.stdout.as_mut().unwrap();
        let lines = BufReader::new(out).lines().map_while(Result::ok);
        let seen = lines.filter(|it| it == "done-attack").take(number).count();
        assert_eq!(seen, number, "the attacker gave up");
    }
}

impl Drop for Attack {
    fn drop(&mut self) {
        // Only this child; what it started has ended when it is between two commands.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Returns a program that is run by another user.
fn by(user: u32) -> Command {
    let mut command = Command::new("setpriv");
    let (user, group) = (format!("--reuid={user}"), format!("--regid={user}"));
    command.args([&user, &group, "--clear-groups", "--no-new-privs", "--"]);
    command
}

/// Tells whether other users can be had, and can run the program.
fn possible() -> bool {
    if !rustix::process::geteuid().is_root() {
        part::skipped("only root can be other users");
        return false;
    }
    if !part::there("setpriv", &["--version"]) {
        return false;
    }
    let runs = part::works(by(ATTACKER).arg(program().get_program()).arg("--version"));
    if !runs {
        part::skipped("other users cannot run the program where it is");
    }
    runs
}

#[test]
fn nobody_but_root_gets_heat_above_the_limit_or_keeps_the_guard_from_allowing_it_below() {
    if !possible() {
        return;
    }
    let world = World::new();
    chown(world.path("furnace"), Some(GUARD), Some(GUARD)).unwrap();
    // The folder of its own files, and the thermostat, are open to all.
    fs::set_permissions(world.path("told"), Permissions::from_mode(0o777)).unwrap();
    fs::set_permissions(world.path("asks"), Permissions::from_mode(0o666)).unwrap();
    let mut command = by(GUARD);
    let guard = Running::new(world.command(command.arg(program().get_program())).spawn().unwrap());
    let attack = by(ATTACKER)
        .args(["sh", "-c", ATTACK, "attack"])
        .arg(world.dir.path())
        .arg(guard.child.id().to_string())
        .arg(program().get_program())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut attack = Attack(attack);
    attack.rounds(1);
    // While it is cool, heat is allowed, whatever the attacker does.
    assert_eq!(until(&guard, "closed")["state"], "allowed");
    world.set(28_000);
    assert_eq!(until(&guard, "open")["reason"], "too-warm");
    // From here on, the furnace is off until it is cooler, however hard they try.
    for _ in 0..20 {
        attack.rounds(1);
        assert!(!world.heats());
    }
    let said = guard.so_far("changed");
    assert!(said.iter().all(|it| it["relay"] == "open"), "{said:?}");
    world.set(20_000);
    assert_eq!(until(&guard, "closed")["state"], "allowed");
    drop(attack);
    assert_eq!(guard.end(), Some(0));
    assert!(!world.heats());
}
