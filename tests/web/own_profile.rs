//! What members see of themselves and do there.

use std::fs;

use serde_json::Value;

use crate::{
    browser::{Browser, members},
    world::{ADA, World},
};

/// Ada pays dues; she is logged in.
fn ada<'w>(web: &'w crate::world::Web) -> Browser<'w> {
    let ada = Browser::new(web);
    assert_eq!(ada.log_in("ada").status, 200);
    ada
}

fn commits(world: &World) -> usize {
    let all: Value =
        serde_json::from_str(&world.good(&["--json", "log", "--count", "500"])).unwrap();
    all.as_array().unwrap().len()
}

fn tag(world: &World, member: &str) -> String {
    let held: Value =
        serde_json::from_str(&world.good(&["--json", "credential", "list", "--member", member]))
            .unwrap();
    held[0]["tag"].as_str().unwrap().to_owned()
}

#[test]
fn the_profile_says_until_when_somebody_is_suspended() {
    let world = members();
    world.good(&["member", "suspend", "ada", "--until", "+3w", "--reason", "too loud"]);
    let web = world.web();
    let ada = ada(&web);
    let page = ada.go("/profile").text;
    for part in ["Suspended since", "Suspended until", "stays shut for you"] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(!page.contains("too loud"), "{page}");
    // What is over is told no longer.
    world.good(&["member", "resume", "ada"]);
    world.good(&[
        "member",
        "suspend",
        "ada",
        "--since",
        "-3w",
        "--until",
        "yesterday",
        "--reason",
        "loud",
    ]);
    let page = ada.go("/profile").text;
    assert!(!page.contains("Suspended"), "{page}");
}

#[test]
fn the_profile_answers_what_members_ask_directors() {
    let world = members();
    world.good(&["settings", "edit", "--payment-details", "Account 12345678"]);
    world.good(&["member", "edit", "ada", "--tier", "standard"]);
    let web = world.web();
    let ada = ada(&web);
    let page = ada.go("/profile").text;
    for part in [
        "Ada Lovelace",
        "SM0001",
        "Account 12345678",
        "£25.00",
        "not paid",
        "stays shut for you",
        "Nothing was paid yet.",
        "Laser cutter, on ",
        "(you may induct others)",
        "I lost this fob",
        "/profile/visits",
        "Download it",
        "Leave the space",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    world.good(&["payment", "add", "ada", "25"]);
    let page = ada.go("/profile").text;
    for part in ["in good standing", "opens for you", "Your dues are covered until"] {
        assert!(page.contains(part), "{part}: {page}");
    }
    // A visit appears, and only in the profile of whoever came.
    assert_eq!(web.get("", &format!("/verify?thing=laser&token={ADA}")).0, 200);
    let visits = ada.go("/profile/visits").text;
    assert!(visits.contains("Laser cutter") && visits.contains("opened"), "{visits}");
    let bob = Browser::new(&web);
    bob.log_in("bob");
    assert!(bob.go("/profile/visits").text.contains("There are none."));
}

#[test]
fn the_same_in_german() {
    let world = members();
    let web = world.web();
    let mut ada = ada(&web);
    ada.language = "de-DE,de;q=0.9,en;q=0.5";
    for (path, part) in [
        ("/profile", "Dein Profil"),
        ("/editme", "Deine Daten ändern"),
        ("/logout", "Überall abmelden"),
        ("/profile/leave", "Austritt beantragen"),
        ("/guests", "Dieser Space hat keine Gastzugänge."),
    ] {
        let page = ada.go(path);
        assert!(page.text.contains(part), "{part}: {}", page.text);
        assert!(page.text.contains("<html lang=\"de\">"), "{path}");
    }
}

#[test]
fn a_lost_fob_opens_nothing_at_once() {
    let world = members();
    let web = world.web();
    let (ada, tag) = (ada(&web), tag(&world, "ada"));
    let verify = || {
        let (_, text) = web.get("", &format!("/verify?thing=laser&token={ADA}"));
        serde_json::from_str::<Value>(&text).unwrap()["access"].clone()
    };
    assert_eq!(verify(), 1);
    assert_eq!(ada.submit("/profile/lost", &[("tag", &tag)]).status, 200);
    web.running.wait("in-force");
    assert_eq!(verify(), 0);
    let log = world.good(&["log"]);
    assert!(log.contains("credential: lost fob"), "{log}");
    assert!(ada.go("/profile").text.contains("It opens nothing any more."));
    let count = commits(&world);
    for odd in [tag.as_str(), "", "nothing", "../../x"] {
        assert_eq!(ada.submit("/profile/lost", &[("tag", odd)]).status, 200, "{odd}");
    }
    assert_eq!(commits(&world), count, "pressing twice changes nothing");
    world.good(&["check"]);
}

#[test]
fn notes_are_for_members_in_good_standing() {
    let world = members();
    fs::write(world.space().join("member-notes.md"), "The Wi-Fi is\n\nopen-sesame\n").unwrap();
    let git = |args: &[&str]| {
        let mut command = std::process::Command::new("git");
        command.current_dir(world.space()).args(args);
        for who in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{who}_NAME"), "Grace");
            command.env(format!("GIT_{who}_EMAIL"), "grace@example.org");
        }
        assert!(command.status().unwrap().success());
    };
    git(&["add", "member-notes.md"]);
    git(&["commit", "-q", "--no-verify", "-m", "notes"]);
    let web = world.web();
    let ada = ada(&web);
    assert!(ada.go("/profile").text.contains("open-sesame"));
    world.good(&["member", "edit", "ada", "--tier", "standard"]);
    let page = ada.go("/profile").text;
    assert!(!page.contains("open-sesame") && page.contains("once your dues are paid"), "{page}");
}

#[test]
fn everything_that_is_held_is_there_to_take_along() {
    let world = members();
    let web = world.web();
    let ada = ada(&web);
    let page = ada.go("/profile/data");
    assert_eq!(page.headers["content-disposition"], "attachment; filename=\"0001.json\"");
    let mine: Value = serde_json::from_str(&page.text).unwrap();
    let theirs: Value = serde_json::from_str(&world.good(&["member", "export", "ada"])).unwrap();
    for part in ["member", "commit", "records", "elsewhere", "changes", "authored", "sessions"] {
        assert_eq!(mine[part], theirs[part], "{part}");
    }
    assert_eq!(mine["sessions"][0]["by"], "github");
    let statuses: Vec<u16> = (0..8).map(|_| ada.go("/profile/data").status).collect();
    assert_eq!(statuses.last(), Some(&429));
}

#[test]
fn asking_to_leave_says_what_happens_and_waits() {
    let world = members();
    world.good(&["settings", "edit", "--keep-contact", "30"]);
    let web = world.web();
    let ada = ada(&web);
    let page = ada.go("/profile/leave").text;
    assert!(page.contains("removed 30 days after that"), "{page}");
    let count = commits(&world);
    for odd in ["", "2020-01-01", "2999-01-01", "tomorrow", "<script>"] {
        let page = ada.send("/profile/leave", &[("day", odd)]);
        assert_eq!(page.status, 422, "{odd}");
        assert!(!page.text.contains("<script>"));
    }
    let page = ada.submit("/profile/leave", &[("day", &soon())]);
    assert!(page.text.contains("You asked to leave on"), "{}", page.text);
    assert_eq!(commits(&world), count, "somebody has to confirm it");
}

/// Returns a day a while from now.
fn soon() -> String {
    #[allow(clippy::disallowed_methods, reason = "the web runs by the real time")]
    let now = jiff::Zoned::now();
    now.date().saturating_add(jiff::Span::new().days(60)).to_string()
}
