//! The bridge as the system runs it, beside a real door.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    os::unix::net::{UnixDatagram, UnixStream},
    process::Stdio,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::{
    support::{ADA, STRANGER},
    world::{Running, TAG, World, activate, open_house},
};

/// Reads a fob at the front door of a running door, and returns the result.
pub(crate) fn read(world: &World, fob: &str) -> Value {
    let path = world.home.dir.path().join(".git/space/door.sock");
    let mut socket = BufReader::new(UnixStream::connect(path).unwrap());
    let reading = json!({ "read": { "facility": "frontdoor", "type": "fob", "code": fob, "reader": "entry" } });
    writeln!(socket.get_mut(), "{reading}").unwrap();
    let mut answer = String::new();
    socket.read_line(&mut answer).unwrap();
    serde_json::from_str(&answer).unwrap()
}

/// Starts a door without devices, and waits until it serves.
pub(crate) fn door(world: &World) -> Running {
    let door = world.start(&["door", "run", "--no-terminal"]);
    door.wait("in-force");
    door
}

/// Waits until a commit of the bridge is in force at the door.
pub(crate) fn in_force(door: &Running, commit: &Value) {
    while door.wait("in-force")["commit"] != *commit {}
}

/// A member of another system gets a fob by queue, opens the door with it, and that system hears of
/// it.
#[test]
fn a_message_opens_the_door_and_the_activity_goes_out() {
    let world = World::new();
    let bridge = world.start(&["bridge", "run"]);
    bridge.wait("started");
    let door = door(&world);
    assert_eq!(read(&world, STRANGER)["result"], "denied");
    bridge.wait("sent");
    world.put("0001", &activate("3870", STRANGER, TAG));
    let applied = bridge.wait("applied");
    in_force(&door, &applied["commit"]);
    assert_eq!(read(&world, STRANGER)["result"], "granted");
    bridge.wait("sent");
    assert_eq!(world.left(), [""; 0]);
    let sent: Vec<Value> = world.sent().into_iter().map(|it| it.1).collect();
    assert_eq!(sent.len(), 2, "{sent:?}");
    assert_eq!(sent[0]["memberid"], "unknown");
    assert_eq!(sent[0]["credentialref"], format!("fob:{STRANGER}"));
    let granted = &sent[1];
    assert_eq!((&granted["action"], &granted["result"]), (&"activity".into(), &"granted".into()));
    assert_eq!((&granted["memberid"], &granted["authorization"]), (&"3870".into(), &TAG.into()));
    assert_eq!(granted["credentialref"], format!("fob:{TAG}"));
    // Who did that, and by which message.
    let log = world.good(&["log"]);
    assert!(log.contains("bridge"), "{log}");
    assert_eq!(door.end(), Some(0));
    assert_eq!(bridge.end(), Some(0));
}

/// See requirements.md D-45: below zero it is held unlocked.
#[test]
fn a_negative_requirement_holds_the_door_open_as_soon_as_it_arrives() {
    let world = World::new();
    let bridge = world.start(&["bridge", "run"]);
    bridge.wait("started");
    let door = door(&world);
    let put = Instant::now();
    world.put("0001", &open_house());
    let held = door.wait("held");
    assert_eq!((&held["door"], &held["requirement"]), (&"frontdoor".into(), &"open-house".into()));
    // Far from the minute that the next poll would take.
    assert!(put.elapsed() < Duration::from_secs(20), "{:?}", put.elapsed());
    world.put("0002", &json!({ "action": "revoke-requirement", "tag": "open-house" }));
    door.wait("locked");
    assert_eq!(door.end(), Some(0));
}

#[test]
fn once_receives_and_sends_what_is_there_and_ends() {
    let world = World::new();
    let door = door(&world);
    read(&world, ADA);
    world.put("0001", &activate("3870", STRANGER, TAG));
    world.put_text("0002", "{\"action\": \"activate\", \"code\": \"99887766\"}");
    let said = world.good(&["bridge", "run", "--once"]);
    assert!(said.contains("is not valid and was deleted") && !said.contains("99887766"), "{said}");
    assert_eq!((world.left().len(), world.sent().len()), (0, 1));
    let said = world.good(&["bridge", "run", "--once"]);
    assert!(!said.contains("sent") && !said.contains("message "), "{said}");
    let status = world.good(&["bridge", "status"]);
    for words in ["not running; last started", "which can be reached", "waiting     0", "sent from"]
    {
        assert!(status.contains(words), "{words}: {status}");
    }
    drop(door);
}

#[test]
fn its_state_can_be_seen_and_a_second_one_is_refused() {
    let world = World::new();
    let (_, text) = world.run(&["bridge", "status"]);
    assert!(text.contains("not running, and never did"), "{text}");
    let bridge = world.start(&["bridge", "run"]);
    bridge.wait("started");
    world.put("0001", &activate("3870", STRANGER, TAG));
    bridge.wait("applied");
    let (second, text) = world.run(&["bridge", "run", "--once"]);
    assert_eq!(second.status.code(), Some(3), "{text}");
    assert!(text.contains("is locked by process") && text.contains("bridge.run"), "{text}");
    let look: Value = serde_json::from_str(&world.good(&["bridge", "status", "--json"])).unwrap();
    assert!(look["process"].as_str().unwrap().contains("bridge.run"), "{look}");
    assert_eq!(look["waiting"]["number"], 0);
    let doctor = world.run(&["doctor"]).1;
    assert!(
        doctor.lines().any(|it| it.starts_with("bridge") && it.contains("running")),
        "{doctor}"
    );
    assert_eq!(bridge.end(), Some(0));
    let doctor = world.run(&["doctor"]).1;
    assert!(doctor.contains("systemctl enable --now space-bridge"), "{doctor}");
}

/// What this machine cannot write is written elsewhere; activities are sent all the same.
#[test]
fn the_clone_of_a_door_receives_nothing_and_sends() {
    let world = World::new();
    let store = world.store();
    drop(store);
    for args in [
        &["config", "space.role", "door"][..],
        &["remote", "add", "origin", "ssh://server/srv/space"],
    ] {
        let mut git = std::process::Command::new("git");
        assert!(world.place(&mut git).args(args).status().unwrap().success());
    }
    world.put("0001", &activate("3870", STRANGER, TAG));
    let (refused, text) = world.run(&["bridge", "run", "--once"]);
    assert!(!refused.status.success());
    assert!(
        text.contains("this is the clone of a door") && text.contains("receive = false"),
        "{text}"
    );
    assert_eq!(world.left(), ["0001.json"], "it was not even received");
    world.configure("receive = false\n");
    world.good(&["bridge", "run", "--once"]);
    assert_eq!(world.left(), ["0001.json"]);
}

#[test]
fn it_says_that_it_is_ready_and_alive_and_ends_at_once() {
    let world = World::new();
    let path = world.home.dir.path().join("notify");
    let manager = UnixDatagram::bind(&path).unwrap();
    manager.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    let hear = || {
        let mut bytes = [0; 256];
        let length = manager.recv(&mut bytes).expect("the bridge says something");
        String::from_utf8(bytes[..length].to_owned()).unwrap().trim().to_owned()
    };
    let mut command = world.command(&["bridge", "run", "--json"]);
    command.env("NOTIFY_SOCKET", &path).env("WATCHDOG_USEC", "30000").stdout(Stdio::piped());
    let bridge = Running::new(command.spawn().unwrap());
    assert_eq!(hear(), "READY=1");
    assert_eq!(hear(), "WATCHDOG=1");
    let asked = Instant::now();
    assert_eq!(bridge.end(), Some(0));
    // Not after the twenty seconds for which it waits for a message.
    assert!(asked.elapsed() < Duration::from_secs(10), "{:?}", asked.elapsed());
    let said = std::iter::repeat_with(hear).find(|it| it != "WATCHDOG=1");
    assert_eq!(said.as_deref(), Some("STOPPING=1"));
}

#[test]
fn a_message_can_be_tried_without_consequences() {
    let world = World::new();
    let file = world.home.dir.path().join("message.json");
    let name = file.to_str().unwrap();
    let head = world.home.head();
    std::fs::write(&file, activate("3870", STRANGER, TAG).to_string()).unwrap();
    let text = world.good(&["bridge", "try", name]);
    assert!(text.starts_with("applied: ") && text.contains("new: members/"), "{text}");
    assert!(!text.contains(STRANGER), "{text}");
    let json: Value =
        serde_json::from_str(&world.good(&["bridge", "try", name, "--json"])).unwrap();
    assert_eq!(json["outcome"], "applied");
    assert!(json["change"]["files"].as_array().unwrap().len() > 1, "{json}");
    std::fs::write(&file, "[]").unwrap();
    let (wrong, text) = world.run(&["bridge", "try", name]);
    assert_eq!(wrong.status.code(), Some(1));
    assert!(text.starts_with("invalid: "), "{text}");
    assert_eq!(world.home.head(), head);
}
