//! Guests of members.

use serde_json::Value;

use crate::{
    browser::{Browser, members},
    world::{Web, World},
};

/// Allows guests at the front door, for at most eight hours.
fn allow(world: &World) {
    world.good(&["settings", "edit", "--guests", "frontdoor", "--guest-hours", "8"]);
}

fn answer(web: &Web, passcode: &str) -> String {
    web.post("view", "/ask", &[("passcode", passcode), ("facility", "frontdoor")]).1
}

fn passes(world: &World) -> Vec<Value> {
    let all: Vec<Value> =
        serde_json::from_str(&world.good(&["--json", "credential", "list"])).unwrap();
    all.into_iter().filter(|it| it["tag"].as_str().unwrap().starts_with("guest-")).collect()
}

const FORM: [(&str, &str); 2] = [("facility", "frontdoor"), ("hours", "4")];

/// Returns the form with the day and time that the page proposes.
fn proposed(page: &str) -> Vec<(&str, &str)> {
    let value = |name: &str| {
        let input = page.split("<input").find(|it| it.contains(&format!("name=\"{name}\"")));
        input.unwrap().split_once("value=\"").unwrap().1.split('"').next().unwrap()
    };
    let mut fields = FORM.to_vec();
    fields.extend([("day", value("day")), ("time", value("time"))]);
    fields
}

#[test]
fn guests_are_off_unless_the_space_says_otherwise() {
    let world = members();
    let web = world.web();
    let ada = Browser::new(&web);
    ada.log_in("ada");
    assert!(!ada.go("/profile").text.contains("/guests"));
    let form = [&FORM[..], &[("day", "2026-06-01"), ("time", "18:00")]].concat();
    assert_eq!(ada.send("/guests", &form).status, 422);
    assert!(passes(&world).is_empty());
}

#[test]
fn a_passcode_is_shown_once_and_revoked_with_one_press() {
    let world = members();
    allow(&world);
    let web = world.web();
    let ada = Browser::new(&web);
    ada.log_in("ada");
    assert!(ada.go("/profile").text.contains("/guests"));
    let page = ada.go("/guests").text;
    let given = ada.send("/guests", &proposed(&page));
    assert_eq!(given.status, 200, "{}", given.text);
    let passcode = given.text.split("<code>").nth(1).unwrap().split('<').next().unwrap();
    assert!(passcode.len() >= 8 && passcode.bytes().all(|it| it.is_ascii_digit()), "{passcode}");
    assert!(!ada.go("/guests").text.contains(passcode), "once only");
    assert!(!world.git_grep(passcode));
    let said = answer(&web, passcode);
    assert!(said.contains("Granted") && said.contains("0001 Ada Lovelace"), "{said}");
    let tag = passes(&world)[0]["tag"].as_str().unwrap().to_owned();
    // Nobody ends the pass of somebody else, nor another credential by this button.
    let bob = Browser::new(&web);
    bob.log_in("bob");
    bob.submit("/guests/end", &[("tag", &tag)]);
    assert_eq!(passes(&world).len(), 1);
    let held: Value =
        serde_json::from_str(&world.good(&["--json", "credential", "list", "--member", "ada"]))
            .unwrap();
    let fob = held.as_array().unwrap().iter().find(|it| it["type"] == "fob").unwrap();
    ada.submit("/guests/end", &[("tag", fob["tag"].as_str().unwrap())]);
    ada.submit("/guests/end", &[("tag", &tag)]);
    assert!(passes(&world).is_empty());
    assert!(!answer(&web, passcode).contains("Granted"));
    let kept: Value =
        serde_json::from_str(&world.good(&["--json", "credential", "list", "--member", "ada"]))
            .unwrap();
    assert!(!kept.as_array().unwrap().is_empty());
    world.good(&["check"]);
}

#[test]
fn what_the_rules_do_not_allow_is_said_in_the_members_language() {
    let world = members();
    allow(&world);
    let web = world.web_at("2027-06-01T12:00:00Z");
    let mut bob = Browser::new(&web);
    bob.log_in("bob");
    bob.language = "de";
    let ask = |change: &[(&str, &str)]| {
        let mut form = vec![
            ("facility", "frontdoor"),
            ("hours", "4"),
            ("day", "2027-06-01"),
            ("time", "18:00"),
        ];
        for (name, value) in change {
            form.retain(|(it, _)| it != name);
            form.push((name, value));
        }
        let page = bob.send("/guests", &form);
        (page.status, page.text)
    };
    for (change, part) in [
        (&[("hours", "9")][..], "höchstens 8 Stunden"),
        (&[("hours", "0")], "vorbei, bevor es beginnt"),
        (&[("hours", "-1")], "eine Zahl von Stunden"),
        (&[("hours", "99999")], "eine Zahl von Stunden"),
        (&[("day", "2027-13-01")], "einen Tag"),
        (&[("time", "25:00")], "einen Tag"),
        (&[("day", "2028-01-01")], "innerhalb von zwei Monaten"),
        (&[("facility", "laser")], "steht Gästen nicht offen"),
        (&[("facility", "../x")], "steht Gästen nicht offen"),
    ] {
        let (status, text) = ask(change);
        assert_eq!(status, 422, "{change:?}");
        assert!(text.contains(part), "{part}: {text}");
    }
    assert_eq!((ask(&[]).0, ask(&[]).0), (200, 200));
    assert!(ask(&[]).1.contains("schon 2 Zugänge"));
    let mut edit = world.command(&["member", "edit", "bob", "--tier", "standard"]);
    assert!(edit.env("SPACE_NOW", "2027-06-01T12:30:00Z").status().unwrap().success());
    assert!(ask(&[]).1.contains("bei denen alles in Ordnung ist"));
}
