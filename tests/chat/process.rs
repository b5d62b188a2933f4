//! The commands as somebody runs them, with the stand-in as a program of its own.

use std::{
    io::{BufRead as _, BufReader},
    os::unix::fs::PermissionsExt,
    process::Stdio,
};

use crate::world::World;

#[test]
fn the_stand_in_is_a_program_and_the_commands_speak_with_it() {
    let world = World::new(&["Ada Lovelace"]);
    let mut command = world.command(&[
        "service",
        "simulate",
        "slack",
        "--listen",
        "127.0.0.1:0",
        "--channel",
        "talk",
        "--person",
        "Ada Lovelace <ada.lovelace@example.org>",
    ]);
    let mut simulator = command.stdout(Stdio::piped()).spawn().unwrap();
    let lines = BufReader::new(simulator.stdout.take().unwrap()).lines();
    let line = lines.map(Result::unwrap).find(|it| it.contains("http://")).unwrap();
    let url = line.split_whitespace().find(|it| it.starts_with("http://")).unwrap();
    let config = std::fs::read_to_string(world.config()).unwrap();
    std::fs::write(world.config(), config.replace(&world.url, url.trim_end_matches(','))).unwrap();
    world.run(&["channel", "add", "talk", "--chat", "slack", "--group", "members"]);

    let asked = world.refused(&["service", "apply"]);
    assert!(asked.contains("no terminal to ask"), "{asked}");
    world.run(&["service", "apply", "--dry-run"]);
    let done: serde_json::Value =
        serde_json::from_str(&world.run(&["service", "apply", "--yes", "--json"])).unwrap();
    assert_eq!((&done["taken"], done["commit"].is_string()), (&1.into(), true));
    assert!(world.run(&["service", "apply", "--yes"]).contains("nothing to do"));
    let log = world.run(&["log"]);
    assert!(log.contains("service: link 0001") && log.contains("at slack"), "{log}");
    simulator.kill().unwrap();
    simulator.wait().unwrap();
}

#[test]
fn what_cannot_work_is_told_with_the_place() {
    let world = World::new(&[]);
    let said = world.refused(&["service", "plan", "discord"]);
    assert!(
        said.contains("there is no service `discord`") && said.contains("known: slack"),
        "{said}"
    );
    let token = world.dir.path().join("slack-token");
    std::fs::set_permissions(&token, PermissionsExt::from_mode(0o644)).unwrap();
    let said = world.refused(&["service", "plan"]);
    assert!(said.contains("slack-token") && said.contains("chmod"), "{said}");
    world.write_secret("slack-token", "xoxb-other");
    let said = world.refused(&["service", "plan"]);
    assert!(said.contains("does not accept the token") && said.contains("secret_file"), "{said}");
    assert!(!said.contains("xoxb-other"), "the token is a secret: {said}");
    let said = world.refused(&["service", "simulate", "slack", "--listen", "0.0.0.0:0"]);
    assert!(said.contains("not on this machine"), "{said}");
    std::fs::write(world.config(), "[chat.slack]\nkind = \"irc\"\n").unwrap();
    let said = world.refused(&["service", "plan"]);
    assert!(said.contains("services.toml:2:8"), "{said}");
}
