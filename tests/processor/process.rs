//! The commands as somebody runs them, with the stand-in as a program of its own.

use std::{
    io::{BufRead as _, BufReader},
    process::Stdio,
};

use serde_json::Value;

use crate::world::World;

#[test]
fn the_stand_in_is_a_program_and_the_commands_speak_with_it() {
    let world = World::new(&["Ada Lovelace"]);
    let mut command = world.command(&["service", "simulate", "stripe", "--listen", "127.0.0.1:0"]);
    let mut simulator = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(simulator.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let url = line.split_whitespace().find(|it| it.starts_with("http://")).unwrap();
    let url = url.trim_end_matches(',');
    let config = std::fs::read_to_string(world.config()).unwrap();
    std::fs::write(world.config(), config.replace(&world.url, url)).unwrap();

    let plan: Value = serde_json::from_str(&world.run(&["service", "plan", "--json"])).unwrap();
    assert_eq!(plan["steps"][0]["action"], "open");
    assert_eq!(plan["steps"][0]["because"], "tier Maker");
    let shown = world.run(&["service", "plan"]);
    assert!(shown.contains("0001 Ada Lovelace") && shown.contains("tier Maker"), "{shown}");
    let asked = world.refused(&["service", "apply"]);
    assert!(asked.contains("no terminal to ask"), "{asked}");
    world.run(&["service", "apply", "--dry-run"]);
    let done: Value =
        serde_json::from_str(&world.run(&["service", "apply", "--yes", "--json"])).unwrap();
    assert_eq!((&done["taken"], done["commit"].is_string()), (&Value::from(1), true));
    assert!(world.run(&["service", "apply", "--yes"]).contains("nothing to do"));
    assert!(world.run(&["service", "plan"]).contains("waits for 0001 Ada Lovelace"));
    let list: Value = serde_json::from_str(&world.run(&["service", "list", "--json"])).unwrap();
    assert_eq!((&list[0]["service"], &list[0]["members"]), (&"stripe".into(), &1.into()));
    let log = world.run(&["log"]);
    assert!(log.contains("service: link 0001"), "{log}");
    simulator.kill().unwrap();
    simulator.wait().unwrap();
}

#[test]
fn what_cannot_work_is_told_with_the_place() {
    let world = World::new(&[]);
    let said = world.refused(&["service", "plan", "paypal"]);
    assert!(
        said.contains("there is no service `paypal`") && said.contains("known: stripe"),
        "{said}"
    );
    std::fs::set_permissions(world.secret(), std::os::unix::fs::PermissionsExt::from_mode(0o644))
        .unwrap();
    let said = world.refused(&["service", "plan"]);
    assert!(said.contains("stripe-key") && said.contains("chmod"), "{said}");
    std::fs::set_permissions(world.secret(), std::os::unix::fs::PermissionsExt::from_mode(0o600))
        .unwrap();
    std::fs::write(world.secret(), "sk_test_other").unwrap();
    let said = world.refused(&["service", "plan"]);
    assert!(said.contains("Invalid API Key") && said.contains("secret_file"), "{said}");
    assert!(!said.contains("sk_test_other"), "the key is a secret: {said}");
    std::fs::write(world.config(), "[processor.stripe]\nkind = \"paypal\"\n").unwrap();
    let said = world.refused(&["service", "plan"]);
    assert!(said.contains("services.toml:2:8"), "{said}");
    std::fs::remove_file(world.config()).unwrap();
    std::fs::write(world.config(), "").unwrap();
    let said = world.refused(&["service", "plan"]);
    assert!(said.contains("no service is configured"), "{said}");
    let said = world.refused(&["service", "simulate", "stripe", "--listen", "0.0.0.0:0"]);
    assert!(said.contains("not on this machine"), "{said}");
}
