//! Who may see the panel, and who has to wait.

use std::fs;

use crate::world::{PASSWORD, World, basic};

/// See requirements.md D-97.
#[test]
fn the_panel_is_for_those_in_the_configuration() {
    let world = World::new();
    let web = world.web();
    let (status, headers, _) = web.get_all("", "/");
    assert_eq!(status, 401);
    assert!(headers["www-authenticate"].to_str().unwrap().starts_with("Basic realm="));
    for login in ["view", "desk", "admin"] {
        assert_eq!(web.get(login, "/").0, 200, "{login}");
    }
    assert_eq!(web.get("somebody", "/").0, 401);
    assert_eq!(web.get_with("/", ("authorization", &basic("admin", "wrong"))).0, 401);
}

#[test]
fn who_is_no_longer_in_the_configuration_is_out_at_once() {
    let world = World::new();
    let web = world.web();
    assert_eq!(web.get("desk", "/").0, 200);
    let text = fs::read_to_string(world.config()).unwrap();
    world.reconfigure(&text.replace("login.desk", "login.other"));
    web.running.wait("note");
    assert_eq!(web.get("desk", "/").0, 401);
    assert_eq!(web.get("other", "/").0, 200);
    // A mistake in the file leaves everything as it was.
    world.reconfigure("oops");
    web.running.wait("trouble");
    assert_eq!(web.get("other", "/").0, 200);
}

#[test]
fn guessing_is_slowed_down_and_locks_out_nobody() {
    let world = World::new();
    let web = world.web();
    assert_eq!(web.get("admin", "/").0, 200);
    let guess = |it: usize| web.get_with("/", ("authorization", &basic("admin", &it.to_string())));
    let answers: Vec<u16> = (0..5).map(|it| guess(it).0).collect();
    assert_eq!(answers, [401, 401, 401, 401, 429]);
    assert_eq!(web.get("admin", "/").0, 200, "who is known goes on");
    let right = basic("desk", PASSWORD);
    assert_eq!(web.get_with("/", ("authorization", &right)).0, 429, "that address has to wait");
}
