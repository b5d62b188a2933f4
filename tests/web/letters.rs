//! Letters that a script asks for, as an admin.

use std::fs;

use serde_json::Value;

use crate::world::{PASSWORD, Web, World, basic};

fn ask(web: &Web, login: &str, path: &str) -> (u16, Value) {
    let (status, text) = web.get(login, path);
    (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
}

fn letters(world: &World) -> usize {
    fs::read_dir(world.space().join(".git/space/mail")).map_or(0, Iterator::count)
}

fn world() -> World {
    let world = World::new();
    world.good(&[
        "settings",
        "edit",
        "--mail-from",
        "members@example.org",
        "--payment-details",
        "Account 1",
        "--director",
        "board@example.org",
    ]);
    // Standard members owe dues.
    world.good(&["member", "edit", "bob", "--tier", "standard"]);
    world
}

/// requirements.md A-40, requirements.md A-41, requirements.md A-42.
#[test]
fn an_admin_has_letters_sent() {
    let world = world();
    let web = world.web();
    for path in ["/resendemail/0002", "/nudge_member/0002"] {
        assert_eq!(ask(&web, "", path).0, 401, "{path}");
        assert_eq!(ask(&web, "desk", path).0, 403, "{path}");
        // A page elsewhere that has an admin's browser ask.
        let url = format!("{}{path}", web.url);
        let request = ureq::get(url).header("authorization", basic("admin", PASSWORD));
        let asked = request.header("sec-fetch-site", "cross-site").config();
        let asked = asked.http_status_as_error(false).build().call().unwrap();
        assert_eq!(asked.status(), 403, "{path}");
        assert_eq!(ask(&web, "admin", &path.replace("0002", "0009")).0, 404, "{path}");
        assert_eq!(ask(&web, "admin", &path.replace("0002", "ada")).0, 404, "{path}");
    }
    assert_eq!(letters(&world), 0);
    let (status, sent) = ask(&web, "admin", "/resendemail/0002");
    assert_eq!((status, &sent["sent"]), (200, &Value::Bool(true)), "{sent}");
    assert_eq!(sent["message"], "an e-mail was sent to b…@example.org");
    assert_eq!(ask(&web, "admin", "/nudge_member/0002").1["sent"], true);
    let (status, again) = ask(&web, "admin", "/nudge_member/0002");
    assert_eq!(status, 422);
    assert!(again["title"].as_str().unwrap().contains("already asked today"), "{again}");
    assert_eq!(letters(&world), 2);
    // Whoever asked is the author of the record.
    let log: Value = serde_json::from_str(&world.good(&["--json", "log", "--count", "1"])).unwrap();
    assert_eq!(log[0]["author"], "admin", "{log}");
}

/// requirements.md A-44.
#[test]
fn the_review_goes_to_the_directors_once_and_to_whoever_asks() {
    let world = world();
    let web = world.web();
    assert_eq!(ask(&web, "desk", "/membership_status_update").0, 403);
    for sent in [1, 0] {
        let (status, reviewed) = ask(&web, "admin", "/membership_status_update");
        assert_eq!((status, reviewed["sent"].as_u64()), (200, Some(sent)), "{reviewed}");
        assert_eq!(reviewed["unsent"], 0);
        assert!(reviewed["review"]["total"]["members"].is_number(), "{reviewed}");
        assert_eq!(letters(&world), 1);
    }
}

/// The desk sends the welcome once more, and sees the letter before.
#[test]
fn the_desk_sends_the_welcome_again() {
    let world = world();
    let web = world.web();
    assert_eq!(web.get("view", "/members/welcome?member=0002").0, 403);
    let (status, page) = web.get("desk", "/members/welcome?member=0002&back=/members/0002");
    assert!(status == 200 && page.contains("Account 1") && page.contains("SM0002"), "{page}");
    assert!(!page.contains("already asked"), "{page}");
    let (status, page) = web.post("desk", "/members/welcome", &[("member", "0002")]);
    assert!(status == 200 && page.contains("The welcome was sent to 0002 Bob"), "{page}");
    assert_eq!(letters(&world), 1);
    assert!(web.get("desk", "/members/0002").1.contains("/members/welcome?member=0002"));
}
