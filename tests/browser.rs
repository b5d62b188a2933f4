//! The panel in a real browser: every page and every form, at the width of a phone and of a desk, in
//! the light and in the dark, with and without JavaScript; axe-core looks for what keeps people out.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "support/part.rs"]
mod part;
#[path = "browser/parts.rs"]
mod parts;
#[allow(dead_code, reason = "other tests need the rest")]
#[path = "support/running.rs"]
mod running;
#[allow(dead_code, reason = "other tests need the rest")]
#[path = "web/world.rs"]
mod world;

use std::{path::Path, process::Command};

use serde_json::json;

use crate::{
    parts::Parts,
    world::{PASSWORD, World},
};

#[test]
fn the_panel_works_for_everybody_on_every_page_and_in_every_form() {
    let Some(Parts { chromium, modules }) = Parts::find() else { return };
    let world = World::new();
    for args in [
        &["member", "add", "Charles Babbage", "--tier", "standard"][..],
        &["member", "add", "Byron King", "--tier", "standard", "--parent", "charles"],
        &[
            "requirement",
            "add",
            "laser",
            "--every",
            "tue",
            "--from",
            "19:00",
            "--to",
            "21:00",
            "--priority",
            "2",
            "--description",
            "Induction evening",
            "--tag",
            "evening",
        ],
    ] {
        world.good(args);
    }
    world.good(&["settings", "edit", "--mail-from", "desk@example.org"]);
    let door = world.start(&["door", "run"]);
    door.wait("in-force");
    let web = world.web();
    for path in ["/verify?thing=laser&token=10649959", "/verify?thing=laser&token=4713"] {
        assert_eq!(web.get("", path).0, 200);
    }
    let pictures = Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser");
    let tag = |member: &str| {
        let held: serde_json::Value = serde_json::from_str(&world.good(&[
            "--json",
            "credential",
            "list",
            "--member",
            member,
        ]))
        .unwrap();
        held[0]["tag"].as_str().unwrap().to_owned()
    };
    let told = json!({
        "url": web.url, "login": "admin", "password": PASSWORD, "chromium": chromium,
        "modules": modules, "pictures": pictures, "ada": tag("ada"), "bob": tag("bob"),
    });
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/walk.mjs");
    let output = Command::new("node").arg(script).arg(told.to_string()).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    let trouble = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{text}{trouble}");
    world.good(&["check"]);
}

/// A member logs in, by a mail and by another service, on a phone and at a desk, in English and in German.
#[test]
fn a_member_does_everything_by_hand() {
    let Some(Parts { chromium, modules }) = Parts::find() else { return };
    let world = World::new();
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let listener =
        format!("[[listener]]\naddress = \"{free}\"\nserves = [\"members\", \"things\"]\n");
    let more = format!(
        "[members]\nurl = \"http://{free}\"\n[members.provider.github]\nkind = \"stand-in\"\n\
         title = \"GitHub\"\npeople = {{ ada = [\"ada@example.org\"] }}\n"
    );
    world.listen(&listener, &more);
    for args in [
        &["settings", "edit", "--mail-from", "desk@example.org", "--payment-details", "Account 1"]
            [..],
        &["settings", "edit", "--guests", "frontdoor", "--guest-hours", "8"],
        &["member", "edit", "ada", "--tier", "standard"],
        &["payment", "add", "ada", "25"],
    ] {
        world.good(args);
    }
    for fob in ["2001", "2002", "2003"] {
        world.good(&[
            "credential",
            "add",
            "--member",
            "ada",
            "--fob",
            fob,
            "--facility",
            "frontdoor",
        ]);
    }
    let web = world.web();
    assert_eq!(web.get("", "/verify?thing=laser&token=15408774").0, 200);
    let told = json!({
        "url": web.url, "chromium": chromium, "modules": modules,
        "mail": world.git().join("space/mail"),
        "pictures": Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser-members"),
    });
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/members.mjs");
    let output = Command::new("node").arg(script).arg(told.to_string()).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    let trouble = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{text}{trouble}");
    world.good(&["check"]);
}

/// requirements.md A-10, requirements.md A-11, requirements.md A-13.
#[test]
fn somebody_joins_by_hand() {
    let Some(Parts { chromium, modules }) = Parts::find() else { return };
    let world = World::new();
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let listener = format!("[[listener]]\naddress = \"{free}\"\nserves = [\"members\"]\n");
    world.listen(&listener, &format!("[members]\nurl = \"http://{free}\"\nleast_seconds = 0\n"));
    world.good(&[
        "settings",
        "edit",
        "--mail-from",
        "desk@example.org",
        "--payment-details",
        "Account 1",
        "--joining-tier",
        "standard",
        "--joining-facility",
        "frontdoor",
    ]);
    world.text("joining/house-rules.txt", "Clean up.\n");
    let web = world.web();
    let told = json!({
        "url": web.url, "chromium": chromium, "modules": modules,
        "mail": world.git().join("space/mail"),
        "pictures": Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser-join"),
    });
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/join.mjs");
    let output = Command::new("node").arg(script).arg(told.to_string()).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    let trouble = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{text}{trouble}");
    world.good(&["check"]);
}
