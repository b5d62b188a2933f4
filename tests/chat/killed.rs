//! Whoever brings channels to agree is killed at each of its requests, and the next one goes on.

use space::integrations::chat::Fault;

use crate::{
    killed_at::killed_at,
    world::{World, email},
};

/// Kills the command after a number of answered requests, when the next one has happened and is not
/// answered yet. Returns whether it came that far.
fn killed_after(world: &World, answered: usize) -> bool {
    let seen = world.slack.watch();
    world.slack.fail(std::iter::repeat_n(None, answered).chain([Some(Fault::Silent)]));
    let killed = killed_at(world.command(&["service", "apply", "--yes"]), seen, answered + 1);
    world.slack.fail_no_more();
    killed
}

#[test]
fn a_kill_at_any_request_is_picked_up() {
    let names = ["Ada Lovelace", "Bob Noyce", "Cy Young"];
    let world = World::new(&names);
    for name in names {
        let _ = world.slack.person(name, Some(&email(name)));
    }
    let _ = (world.slack.channel("talk", false), world.slack.channel("hall", false));
    for name in ["talk", "hall"] {
        world.run(&["channel", "add", name, "--chat", "slack", "--group", "members"]);
    }
    let kills = (0..8).filter(|answered| killed_after(&world, *answered)).count();
    assert!(kills >= 6, "{kills}");
    world.apply();
    assert_eq!(world.slack.inside("talk"), names);
    assert_eq!(world.slack.inside("hall"), names);
    world.run(&["member", "leave", "cy", "--on", "2026-03-02"]);
    let kills = (0..8).filter(|answered| killed_after(&world, *answered)).count();
    assert!(kills >= 5, "{kills}");
    world.apply();
    assert_eq!(world.slack.inside("talk"), names[..2]);
    assert_eq!(world.slack.inside("hall"), names[..2]);
    assert_eq!(world.apply(), [""; 0]);
    assert!(!world.look_at().contains("by themselves"));
}
