//! The interface for controllers, as a controller meets it.

use std::{fs, process::Command};

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::{
    controller::Controller,
    world::{ADA, BOB, World},
};

fn answer(text: &str) -> Value {
    assert!(text.ends_with("}\n"), "{text:?}");
    serde_json::from_str(text).unwrap()
}

/// requirements.md A-20, requirements.md A-21, requirements.md A-22.
#[test]
fn a_controller_asks_whether_a_token_is_valid() {
    let world = World::new();
    let web = world.web();
    let (status, headers, text) = web.get_all("", &format!("/verify?thing=laser&token={ADA}"));
    assert_eq!(status, 200);
    assert_eq!(headers["content-length"], text.len().to_string());
    let granted = json!({
        "access": 1, "trainer": 1, "inductor": 1, "cache": 0, "colour": 1,
        "person": { "name": "Ada Lovelace" },
    });
    assert_eq!(answer(&text), granted);
    assert!(text.starts_with("{\"access\":1,"), "what is decided by comes first: {text}");
    let (_, text) = web.post("", "/verify", &[("thing", "laser"), ("token", BOB)]);
    let denied = json!({
        "access": 0, "trainer": 0, "inductor": 0, "cache": 0, "colour": 32,
        "error": "it is for other facilities", "person": { "name": "Bob Noyce" },
    });
    assert_eq!(answer(&text), denied);
    // What went out is in the journal, the same moment.
    let all = world.activities();
    let seen: Vec<_> = all.iter().map(|it| (&it["member"], &it["result"])).collect();
    assert_eq!(seen, [(&json!("0001"), &json!("granted")), (&json!("0002"), &json!("denied"))]);
    // A fob that nobody holds can be enrolled, in whatever spelling it came.
    Controller::new(&web, "laser").ask("/verify", &[("token", "0xEB1E87")]);
    assert_eq!(world.activities()[2]["fob"], "15408775");
}

/// requirements.md A-26: the address has to be that of the thing.
#[test]
fn only_the_controller_of_a_thing_asks_for_it() {
    let world = World::new();
    let web = world.web();
    let (status, text) = web.get("", &format!("/verify?thing=frontdoor&token={ADA}"));
    assert_eq!((status, answer(&text)["access"].as_u64()), (200, Some(0)));
    assert_eq!(web.running.wait("wrong-controller")["facility"], "frontdoor");
    // It does not help to claim another address.
    world.good(&["facility", "edit", "frontdoor", "--controller", "10.0.0.12"]);
    web.running.wait("in-force");
    let path = format!("/verify?thing=frontdoor&token={ADA}");
    let (_, text) = web.get_with(&path, ("x-forwarded-for", "10.0.0.12"));
    assert_eq!(answer(&text)["access"], 0);
    assert_eq!(world.activities(), [] as [Value; 0]);
}

/// requirements.md A-24, requirements.md A-25.
#[test]
fn a_trainer_inducts_at_the_thing() {
    let world = World::new();
    let web = world.web();
    let laser = Controller::new(&web, "laser");
    let induct = |t: &str, s: &str| laser.ask("/induct", &[("token_s", s), ("token_t", t)]);
    for (trainer, student, part) in [
        (BOB, ADA, "the trainer's token: it is for other facilities"),
        (ADA, "999", "the student's token: nobody holds this credential"),
        (ADA, ADA, "was already inducted to laser"),
        ("nobody", BOB, "not a valid fob number"),
    ] {
        let answer = induct(trainer, student);
        assert_eq!(answer["allowed"], 0);
        assert!(answer["error"].as_str().unwrap().contains(part), "{answer}");
    }
    let allowed = json!({ "allowed": 1, "person": { "name": "Bob Noyce" } });
    assert_eq!(induct(ADA, BOB), allowed);
    assert!(induct(ADA, BOB)["error"].as_str().unwrap().contains("already inducted"));
    let listed: Value =
        serde_json::from_str(&world.good(&["--json", "induction", "list", "-m", "bob"])).unwrap();
    assert_eq!((&listed[0]["facility"], &listed[0]["by"]), (&json!("laser"), &json!("0001")));
    // The audit names the trainer by number, and no name.
    let log = world.good(&["--json", "log", "--count", "1"]);
    let log: Value = serde_json::from_str(&log).unwrap();
    assert_eq!(log[0]["author"], "0001 at laser");
    assert!(world.activities().iter().all(|it| it["reason"] == "tried"), "nobody passed a door");
}

/// requirements.md A-23.
#[test]
fn a_thing_leaves_a_message() {
    let world = World::new();
    let web = world.web();
    for path in ["/msg_log", "/msglog"] {
        let laser = Controller::new(&web, "laser");
        assert_eq!(laser.ask(path, &[("msg", "tube+is%0Ahot")]), json!({ "logged": 1 }));
        let told = web.running.wait("message");
        assert_eq!(
            (&told["facility"], &told["text"]),
            (&json!("laser"), &json!("tube is\u{fffd}hot"))
        );
        assert_eq!(laser.ask(path, &[])["logged"], 0);
    }
}

#[test]
fn a_thing_tells_how_long_it_ran() {
    let world = World::new();
    let web = world.web();
    let laser = Controller::new(&web, "laser");
    let report = |token: &str, state: &str, seconds: &str| {
        laser.ask("/tool_access", &[("active_time", seconds), ("state", state), ("token", token)])
    };
    for (token, state, seconds) in [(ADA, "1", "300"), (ADA, "0", "480"), ("77", "0", "5")] {
        assert_eq!(report(token, state, seconds), json!({ "logged": 1 }));
    }
    assert_eq!(report(ADA, "0", "-1")["logged"], 0);
    let row = |it: &Value| {
        let text = |key: &str| it[key].as_str().unwrap_or_default().to_owned();
        (text("member"), text("reason"), it["seconds"].as_u64().unwrap(), text("fob"))
    };
    let rows: Vec<_> = world.activities().iter().map(row).collect();
    let expected = |member: &str, reason: &str, seconds, fob: &str| {
        (member.to_owned(), reason.to_owned(), seconds, fob.to_owned())
    };
    assert_eq!(
        rows,
        [
            expected("0001", "tool-running", 300, ""),
            expected("0001", "tool-used", 480, ""),
            expected("unknown", "tool-used", 5, "77"),
        ]
    );
    assert!(world.good(&["activity", "list"]).contains("the tool was used (0:08:00)"));
    // Reports of attempts do not count them.
    let report = world.good(&["--json", "report", "activity"]);
    let report: Value = serde_json::from_str(&report).unwrap();
    assert_eq!(report["total"]["granted"], 0, "{report}");
    assert_eq!(report["total"]["operated"], 0, "{report}");
}

#[test]
fn a_facility_with_a_key_answers_signed_requests_only_and_each_once() {
    let world = World::new();
    world.good(&["facility", "edit", "laser", "--new-controller-key", "--no-controller"]);
    let key = world.good(&["facility", "controller-key", "laser"]);
    let web = world.web();
    let token = &[("token", ADA)][..];
    let unsigned = Controller::new(&web, "laser").ask("/verify", token);
    assert_eq!(
        (&unsigned["access"], &unsigned["error"]),
        (&json!(0), &json!("the request is not signed"))
    );
    assert_eq!(web.running.wait("wrong-signature")["facility"], "laser");
    let laser = Controller::new(&web, "laser").with_key(&key);
    assert_eq!(laser.ask("/verify", token)["access"], 1);
    let once = laser.request("/verify", token, 1);
    assert_eq!(laser.send(&once)["access"], 1);
    assert_eq!(laser.send(&once)["error"], "the signed request was answered before");
    let late = laser.send(&laser.request("/verify", token, -70));
    assert!(late["error"].as_str().unwrap().contains("minute off"), "{late}");
    // A new key, and the old one no longer counts; without any, nobody signs.
    world.good(&["facility", "edit", "laser", "--new-controller-key"]);
    web.running.wait("in-force");
    assert_eq!(laser.ask("/verify", token)["error"], "the signature is wrong");
    world.good(&["facility", "edit", "laser", "--no-controller-key", "--controller", "127.0.0.1"]);
    web.running.wait("in-force");
    assert_eq!(Controller::new(&web, "laser").ask("/verify", token)["access"], 1);
    assert_eq!(world.activities().len(), 3);
    // The key is nowhere in the records.
    let found = world.git_grep(key.trim());
    assert!(!found, "the key is in the repository");
}

/// Small controllers keep an answer for a while; only what stays granted may be kept.
#[test]
fn an_answer_may_be_kept_only_while_it_stays_true() {
    let world = World::new();
    for (fob, lasts) in [("31", "30h"), ("32", "60h")] {
        let add = ["credential", "add", "-m", "ada", "-f", "laser", "--fob", fob, "--lasts", lasts];
        world.good(&add);
    }
    world.configure("serves = [\"things\"]", "[things]\ncache_hours = 40\n");
    let web = world.web();
    let laser = Controller::new(&web, "laser");
    for (token, cache) in [(ADA, 1), ("31", 0), ("32", 1), (BOB, 0)] {
        assert_eq!(laser.ask("/verify", &[("token", token)])["cache"], cache, "{token}");
    }
    // An hour of each day is for the board.
    let hour = ["--from", "03:00", "--to", "04:00", "--priority", "5"];
    let days = ["requirement", "add", "laser", "--every", "mon,tue,wed,thu,fri,sat,sun"];
    world.good(&[&days[..], &hour].concat());
    web.running.wait("in-force");
    let answer = laser.ask("/verify", &[("token", ADA)]);
    assert_eq!(answer["cache"], 0, "{answer}");
}

#[test]
fn garbage_is_answered_in_the_form_of_the_document() {
    let world = World::new();
    let web = world.web();
    for path in ["/verify", "/induct", "/msg_log", "/msglog", "/tool_access"] {
        for query in [
            "",
            "?",
            "?thing",
            "?thing=laser",
            "?thing=%00%ff&token=%zz",
            "?thing=../../etc/passwd&token=1",
            "?thing=laser&token=99999999999999999999999999",
            "?thing=laser&token=%F0%9F%94%A5&token_t=x&token_s=y&msg=&state=2&active_time=1e9",
            &format!("?thing=laser&token={}", "9".repeat(8_000)),
        ] {
            let (status, text) = web.get("", &format!("{path}{query}"));
            let answer = answer(&text);
            assert_eq!(status, 200, "{path}{query}");
            let no = ["access", "allowed", "logged"].iter().find_map(|key| answer.get(*key));
            assert_eq!(no, Some(&json!(0)), "{path}{query}: {answer}");
            assert!(answer["error"].is_string(), "{path}{query}: {answer}");
        }
        // A form that is too long is none.
        let long = "x".repeat(10_000);
        let (status, text) = web.post("", path, &[("thing", "laser"), ("token", &long)]);
        assert_eq!((status, &answer(&text)["error"]), (200, &json!("no thing was given")));
        for method in ["PUT", "DELETE", "PATCH", "OPTIONS", "BREW"] {
            let controller = Controller::new(&web, "laser");
            assert!(controller.send(&format!("{method} {path}"))["error"].is_string(), "{method}");
        }
    }
    assert_eq!(world.activities(), [] as [Value; 0]);
}

/// A machine that gets its records from another one, and has not for days.
#[test]
fn a_controller_goes_by_the_rule_for_old_records() {
    let world = World::new();
    world.good(&["facility", "edit", "laser", "--stale-after", "3"]);
    let git = |args: &[&str]| {
        let out = Command::new("git").current_dir(world.space()).args(args).output().unwrap();
        assert!(out.status.success(), "{out:?}");
        String::from_utf8(out.stdout).unwrap().trim().to_owned()
    };
    git(&["remote", "add", "origin", "https://git.example.org/makers.git"]);
    git(&["config", "space.role", "door"]);
    let head = git(&["rev-parse", "main"]);
    let fetched = format!("{head}\t\tbranch 'main' of https://git.example.org/makers\n");
    let now: Timestamp = "2097-03-05T12:00:00Z".parse().unwrap();
    let fetched_at = |days: i64| {
        let path = world.git().join("FETCH_HEAD");
        fs::write(&path, &fetched).unwrap();
        let at = now - SignedDuration::from_hours(24 * days);
        fs::OpenOptions::new().append(true).open(path).unwrap().set_modified(at.into()).unwrap();
    };
    let path = format!("/verify?thing=laser&token={ADA}");
    for (days, access) in [(2, 1), (3, 0)] {
        fetched_at(days);
        let web = world.web_at(&now.to_string());
        assert_eq!(answer(&web.get("", &path).1)["access"], access, "{days} days");
        assert_eq!(
            web.get("desk", "/members/0001").1.contains("nothing new has come"),
            access == 0
        );
    }
    assert!(world.activities().iter().any(|it| it["reason"] == "stale-records"));
}
