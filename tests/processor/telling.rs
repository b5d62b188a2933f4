//! What members are told about the dues that a processor takes: what could not be taken, and what will be
//! more, before it is.

use std::fs;

use serde_json::Value;

use crate::world::{KINDS, World, name};

/// Runs a command at a moment, and returns what it answers.
#[track_caller]
fn at(world: &World, moment: &str, args: &[&str]) -> String {
    let done = world.command(args).env("SPACE_NOW", moment).output().unwrap();
    assert!(done.status.success(), "{args:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

/// Sends what is due at a moment; returns the number of each member and the kind.
#[track_caller]
fn send(world: &World, moment: &str) -> Vec<String> {
    let answer: Value =
        serde_json::from_str(&at(world, moment, &["notice", "send", "--json"])).unwrap();
    let sent = answer["notices"].as_array().unwrap().iter().filter(|it| it["fate"] == "sent");
    sent.map(|it| format!("{} {}", it["member"].as_str().unwrap(), it["kind"].as_str().unwrap()))
        .collect()
}

/// Returns all letters that were sent.
fn letters(world: &World) -> String {
    let folder = world.space_dir().join(".git/space/mail");
    let all =
        fs::read_dir(folder).unwrap().map(|it| fs::read_to_string(it.unwrap().path()).unwrap());
    all.map(|it| it.replace("=\r\n", "").replace("=3D", "=").replace('\r', "")).collect()
}

/// A space that writes letters, and has written those about the past.
fn telling(world: &World) {
    let page = "https://makers.example.org/profile/pay";
    let from = ["--mail-from", "makers@example.org", "--pay-page", page];
    world.run(&[&["settings", "edit"], &from[..]].concat());
    send(world, "2026-03-02T18:00:00Z");
}

#[test]
fn a_payment_that_fails_is_told_once_and_again_if_another_one_does() {
    for kind in KINDS {
        let world = World::with(kind, &["Ada Lovelace", "Bob Noyce"]);
        world.apply();
        world.everybody_pays();
        at(&world, "2026-03-02T18:00:00Z", &["service", "receive"]);
        telling(&world);
        world.there.advance("2026-03-03T12:00:00Z".parse().unwrap());
        world.there.decline(&world.customer(1), "insufficient funds");
        let day = "2026-03-03T18:00:00Z";
        let said = at(&world, day, &["service", "receive", "--json"]);
        assert!(said.contains("could not take dues from 0002 Bob Noyce"), "{said}");
        assert_eq!(send(&world, day), ["0002 payment-failed"], "{}", name(kind));
        let letter = letters(&world);
        for part in ["25.00", "insufficient funds", "https://makers.example.org/profile/pay"] {
            assert!(letter.contains(part), "{part}: {letter}");
        }
        // Nothing is sent twice, whoever is asked again and whatever was not committed.
        let day = "2026-03-04T18:00:00Z";
        at(&world, day, &["service", "receive"]);
        assert_eq!(send(&world, day), [""; 0]);
        world.there.decline(&world.customer(1), "the account is closed");
        at(&world, day, &["service", "receive"]);
        assert_eq!(send(&world, day), ["0002 payment-failed"]);
        // It is no payment, and waits for nobody.
        assert!(!world.run(&["payment", "list", "--unmatched"]).contains("account is closed"));
        world.run(&["check"]);
        // Who has paid meanwhile is not told.
        world.there.decline(&world.customer(0), "insufficient funds");
        let day = "2026-03-06T18:00:00Z";
        at(&world, day, &["service", "receive"]);
        at(&world, day, &["payment", "add", "ada", "25"]);
        let sent = send(&world, day);
        assert!(!sent.contains(&"0001 payment-failed".to_owned()), "{sent:?}");
    }
}

#[test]
fn nobody_is_charged_more_before_they_were_told() {
    let world = World::new(&["Ada Lovelace", "Bob Noyce", "Cy Young"]);
    world.run(&["member", "edit", "cy", "--chosen-amount", "40"]);
    world.apply();
    world.everybody_pays();
    telling(&world);
    world.run(&["tier", "edit", "maker", "--price", "30"]);
    world.run(&["member", "edit", "cy", "--chosen-amount", "35"]);
    assert_eq!(world.apply(), ["change 0003"], "less is taken at once");
    assert_eq!(world.charged(), [2500, 2500, 3500]);
    let plan = world.run(&["service", "plan"]);
    assert!(plan.contains("waits until 0001 Ada Lovelace is told of 30.00"), "{plan}");
    let status = world.run(&["service", "status"]);
    assert!(status.contains("2 rises wait until they are told"), "{status}");
    let check = world.run(&["check"]);
    assert!(check.contains("2 rises wait") && check.contains("0 errors, 1 warning"), "{check}");
    let sent = send(&world, "2026-03-03T18:00:00Z");
    assert_eq!(sent, ["0001 dues-changed", "0002 dues-changed", "0003 dues-changed"]);
    let letter = letters(&world);
    assert!(
        letter.contains("is taken by itself") && !letter.contains("standing order"),
        "{letter}"
    );
    assert_eq!(world.apply(), ["change 0001", "change 0002"]);
    assert_eq!(world.charged(), [3000, 3000, 3500]);
    assert!(world.run(&["check"]).contains("0 errors, 0 warnings"));
}

/// No change of a record says so, but what is taken is less than what is due.
#[test]
fn a_rise_that_no_change_tells_of_is_told_all_the_same() {
    let world = World::new(&["Ada Lovelace"]);
    world.apply();
    world.everybody_pays();
    telling(&world);
    let subscription = world.there.all("subscriptions")[0]["id"].as_str().unwrap().to_owned();
    world.there.by_hand("subscriptions", &subscription, |it| {
        it["items"]["data"][0]["price"]["unit_amount"] = 2000.into();
    });
    assert_eq!(world.apply(), [""; 0]);
    assert_eq!(send(&world, "2026-03-03T18:00:00Z"), ["0001 dues-changed"]);
    assert!(letters(&world).contains("20.00"));
    assert_eq!(world.apply(), ["change 0001"]);
    assert_eq!(world.charged(), [2500]);
    assert_eq!(send(&world, "2026-03-04T18:00:00Z"), [""; 0]);
}

#[test]
fn the_welcome_of_who_pays_by_a_processor_names_the_page_that_lasts() {
    let world = World::new(&[]);
    telling(&world);
    world.run(&["member", "add", "Ada Lovelace", "--tier", "maker", "--email", "ada@example.org"]);
    world.run(&["member", "edit", "ada", "--pays-by", "stripe"]);
    assert_eq!(send(&world, "2026-03-02T18:00:00Z"), ["0001 welcome"]);
    let letter = letters(&world);
    assert!(letter.contains("https://makers.example.org/profile/pay"), "{letter}");
    assert!(!letter.contains("standing order"), "{letter}");
}

#[test]
fn what_waits_for_a_person_is_told_until_somebody_has_seen_it() {
    let world = World::new(&["Ada Lovelace"]);
    world.apply();
    world.everybody_pays();
    world.there.charge(&world.customer(0), 2500, "eur");
    world.run(&["service", "receive"]);
    assert!(world.run(&["service", "list"]).contains("1 thing to look at"));
    assert!(world.run(&["check"]).contains("1 thing to look at"));
    assert!(world.refused(&["service", "status", "paypal", "--seen"]).contains("paypal"));
    world.run(&["service", "status", "stripe", "--seen"]);
    assert!(world.run(&["service", "list"]).contains("agrees"));
}
