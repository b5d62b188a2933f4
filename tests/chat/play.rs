//! What tests do with the program that posts and answers: start it, type, press, and wait.

use std::{
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::{
    running::Running,
    world::{World, email},
};

/// Far longer than anything takes; reaching it means that the test has failed.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// Starts the program.
pub(crate) fn start(world: &World) -> Running {
    started(world.command(&["chat", "run", "--json"]))
}

/// Starts the program by a command.
pub(crate) fn started(mut command: Command) -> Running {
    let child: Child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    Running::new(child)
}

/// Waits until something holds.
#[track_caller]
pub(crate) fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let start = Instant::now();
    while !holds() {
        assert!(start.elapsed() < PATIENCE, "{what}");
        std::thread::yield_now();
    }
}

pub(crate) fn posted(world: &World, channel: &str, count: usize) -> Vec<String> {
    until(&format!("{count} posts in {channel}"), || world.slack.texts(channel).len() >= count);
    world.slack.texts(channel)
}

/// Tells whether the program runs, and has nothing left to post.
pub(crate) fn nothing_waits(world: &World) -> bool {
    let status: Value = serde_json::from_str(&world.run(&["chat", "status", "--json"])).unwrap();
    status["status"]["waiting"] == json!([]) && status["process"].is_string()
}

/// Types a command, and returns what only who typed it sees.
pub(crate) fn typed(world: &World, account: &str, text: &str) -> String {
    let before = world.slack.answers().len();
    until("somebody listens", || world.slack.command(account, text));
    until("an answer", || world.slack.answers().len() > before);
    let (whom, answer) = world.slack.answers().pop().unwrap();
    assert_eq!(whom, account);
    answer
}

pub(crate) fn world(names: &[&str]) -> (World, Vec<String>) {
    let world = World::new(names);
    let ids = names.iter().map(|name| world.slack.person(name, Some(&email(name)))).collect();
    for name in ["news", "alarms"] {
        let _ = world.slack.channel(name, false);
    }
    world.run(&["channel", "add", "news", "--chat", "slack", "--post", "newcomer"]);
    world.run(&[
        "channel",
        "add",
        "alarms",
        "--chat",
        "slack",
        "--post",
        "failure",
        "--post",
        "door-forced",
        "--post",
        "guard-cut",
        "--post",
        "alarm",
    ]);
    (world, ids)
}

/// Presses a button, and returns what only who pressed it sees.
pub(crate) fn pressed(world: &World, account: &str, label: &str) -> String {
    let before = world.slack.answers().len();
    until(label, || world.slack.press(account, label));
    until("an answer", || world.slack.answers().len() > before);
    let (whom, answer) = world.slack.answers().pop().unwrap();
    assert_eq!(whom, account);
    answer
}
