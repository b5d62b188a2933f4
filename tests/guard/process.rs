//! A guard as the system runs it: what it does, what it says, and how it ends.

use std::{fs, os::unix::net::UnixDatagram, path::Path, time::Duration};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::json;

use crate::world::{World, program, until};

#[test]
fn it_heats_when_all_is_well_and_cuts_when_it_is_too_warm() {
    let world = World::new();
    let guard = world.run();
    assert_eq!(guard.wait("started")["limit"], 27.0);
    assert_eq!(guard.wait("changed")["state"], "starting");
    assert!(!world.heats());
    assert_eq!(until(&guard, "closed")["state"], "allowed");
    assert!(world.heats());
    // A thermometer that is held over a flame is too warm first, whatever else it is.
    world.set(27_000);
    let cut = until(&guard, "open");
    assert_eq!((&cut["state"], &cut["reason"]), (&json!("cut"), &json!("too-warm")));
    assert!(!world.heats());
    let state: serde_json::Value = loop {
        // It is written by a thread of its own.
        let text = fs::read(world.path("told/guard.json")).unwrap();
        let state: serde_json::Value = serde_json::from_slice(&text).unwrap();
        if state["state"] == "cut" {
            break state;
        }
    };
    assert_eq!(state["thermometers"][0]["temperature"].as_f64().map(f64::round), Some(27.0));
    let journal = fs::read_to_string(world.path("told/guard.jsonl")).unwrap();
    assert!(journal.contains("\"reason\":\"too-warm\""), "{journal}");
}

#[test]
fn a_thermometer_that_is_pulled_off_cuts_and_one_that_comes_back_heats() {
    let mut world = World::new();
    let guard = world.run();
    until(&guard, "closed");
    world.unplug();
    assert_eq!(until(&guard, "open")["reason"], "no-reading");
    assert!(!world.heats());
    world.plug_in();
    assert_eq!(until(&guard, "closed")["state"], "allowed");
}

#[test]
fn without_a_wish_for_heat_there_is_none() {
    let world = World::new();
    let guard = world.run();
    until(&guard, "closed");
    fs::write(world.path("asks"), "nothing\n").unwrap();
    let line = until(&guard, "open");
    assert_eq!((&line["state"], &line["asked"]), (&json!("allowed"), &json!(false)));
    assert!(!world.heats());
}

#[test]
fn it_opens_the_relay_when_it_is_asked_to_end() {
    let world = World::new();
    let guard = world.run();
    until(&guard, "closed");
    assert_eq!(guard.end(), Some(0));
    assert!(!world.heats());
}

/// A pin stays as it was. So the system runs `space-guard off` after each end (`tests/service.rs`).
#[test]
fn after_a_kill_the_command_of_the_system_opens_the_relay() {
    let world = World::new();
    let guard = world.run();
    until(&guard, "closed");
    let pid = Pid::from_child(&guard.child);
    kill_process(pid, Signal::KILL).unwrap();
    drop(guard);
    assert!(world.heats(), "this is why");
    let done = world.off();
    assert!(done.status.success(), "{done:?}");
    assert!(!world.heats());
    // And the next guard begins with heat off, for the minimum time.
    let guard = world.run();
    assert_eq!(guard.wait("changed")["state"], "starting");
    assert!(!world.heats());
}

/// So that the system ends a process that was stopped or hangs.
#[test]
fn it_gives_signs_of_life_until_it_is_stopped() {
    let world = World::new();
    let socket = world.path("notify");
    let signs = UnixDatagram::bind(&socket).unwrap();
    let mut command = world.command(&mut program());
    command.env("NOTIFY_SOCKET", &socket).env("WATCHDOG_USEC", "3000000");
    let guard = crate::running::Running::new(command.spawn().unwrap());
    let sign = || {
        let mut text = [0; 256];
        signs.recv(&mut text).map(|length| String::from_utf8_lossy(&text[..length]).into_owned())
    };
    signs.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    assert_eq!(sign().unwrap().trim_end(), "READY=1");
    for _ in 0..5 {
        assert_eq!(sign().unwrap().trim_end(), "WATCHDOG=1");
    }
    kill_process(Pid::from_child(&guard.child), Signal::STOP).unwrap();
    // What was sent before is still there. Then there is nothing for as long as twenty periods.
    signs.set_read_timeout(Some(Duration::from_secs(1))).unwrap();
    let after = std::iter::from_fn(|| sign().ok()).take(20).count();
    assert!(after < 20, "{after} signs of life after it was stopped");
}

#[test]
fn a_full_disk_is_told_and_changes_nothing() {
    if !Path::new("/dev/full").exists() {
        return crate::part::skipped("there is no /dev/full");
    }
    let world = World::new();
    world.configure(&world.path("nowhere/guard.json"), Path::new("/dev/full"));
    let guard = world.run();
    let trouble = guard.wait("trouble")["why"].to_string();
    assert!(trouble.contains("the guard goes on"), "{trouble}");
    assert_eq!(until(&guard, "closed")["state"], "allowed");
    world.set(30_000);
    assert_eq!(until(&guard, "open")["reason"], "too-warm");
    assert!(!world.heats());
}

/// Whoever may write the configuration decides about the furnace.
#[test]
fn outside_of_a_rehearsal_a_configuration_is_roots_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let world = World::new();
    let path = world.path("guard.toml");
    fs::write(&path, "relay.pin = 17\n[[thermometers]]\nw1 = '28-00000a1b2c3d'\n").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o666)).unwrap();
    for verb in ["run", "off"] {
        let done = program().args([verb, "--config"]).arg(&path).output().unwrap();
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert_eq!(done.status.code(), Some(2), "{said}");
        assert!(said.contains("this file") && said.contains("bad-guard"), "{said}");
    }
}
