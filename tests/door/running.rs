//! A complete door on a repository, operated through its socket and observed by its output.

use std::io::Write as _;
use std::path::Path;

use serde_json::{Value, json};
use space::{
    domain::model::CommitId,
    door::{self, Options},
    store::journal::{Filter, Tail},
};

use crate::{
    home::{CREDENTIAL, Door, Home},
    support::{ADA, STRANGER},
};

fn activities(home: &Path) -> Vec<String> {
    let (all, findings) =
        Tail::new(home.join(".git/space/journal"), Filter::default()).poll().unwrap();
    assert_eq!(findings, []);
    all.iter().map(|it| format!("{} {}", it.result, it.reason)).collect()
}

#[test]
fn a_commit_is_in_force_at_the_next_reading() {
    let home = Home::new();
    let mut door = Door::start(&home);
    let answer = door.read(ADA);
    assert_eq!((&answer["result"], &answer["member"]), (&json!("granted"), &json!("0001")));
    assert_eq!(answer["commit"], home.head().to_string());
    door.wait("unlocked");

    let revoked = home.commit(&[(CREDENTIAL, None)]);
    assert_eq!(door.wait_for_commit(revoked), json!([]));
    let answer = door.read(ADA);
    assert_eq!(
        (&answer["result"], &answer["reason"]),
        (&json!("denied"), &json!("unknown-credential"))
    );
    assert_eq!(answer["commit"], revoked.to_string());
    door.stop();
    assert_eq!(
        activities(home.dir.path()),
        ["granted priority-suffices", "denied unknown-credential"]
    );
}

#[test]
fn a_commit_without_settings_changes_nothing_and_is_reported() {
    let home = Home::new();
    let mut door = Door::start(&home);
    let good = home.head();
    let broken = home.commit(&[("space.json", None), (CREDENTIAL, None)]);
    let message = door.wait("trouble")["message"].to_string();
    assert!(message.contains(&broken.to_string()[..7]), "{message}");
    let answer = door.read(ADA);
    assert_eq!(
        (&answer["result"], &answer["commit"]),
        (&json!("granted"), &json!(good.to_string()))
    );
    door.stop();
}

#[test]
fn an_unreadable_record_keeps_its_last_good_version_and_the_rest_takes_effect() {
    let home = Home::new();
    let mut door = Door::start(&home);
    let broken = home.commit(&[
        ("facilities/frontdoor/requirements/base.json", Some("{ \"priority\": -1, ")),
        ("members/00/0001/member.json",
            Some("{ \"name\": \"Ada\", \"tier\": \"guest\", \"joined\": \"2020-01-01\", \"left\": \"2020-02-02\" }")),
    ]);
    let findings = door.wait_for_commit(broken);
    assert_eq!(findings[0]["path"], "facilities/frontdoor/requirements/base.json");
    let answer = door.read(ADA);
    assert_eq!(
        (&answer["reason"], &answer["commit"]),
        (&json!("left"), &json!(broken.to_string()))
    );
    door.stop();
}

#[test]
fn a_timespec_that_is_refused_shuts_its_facility() {
    let home = Home::new();
    let mut door = Door::start(&home);
    let broken = home.commit(&[(
        "facilities/frontdoor/requirements/open.json",
        Some("{ \"priority\": -1, \"timespec\": \"sometimes\" }"),
    )]);
    assert_ne!(door.wait_for_commit(broken), json!([]));
    assert_eq!(door.read(ADA)["reason"], "unreadable-facility");
    door.stop();
}

#[test]
fn a_branch_that_is_rewound_is_followed() {
    let home = Home::new();
    let mut door = Door::start(&home);
    let first = home.head();
    let second = home.commit(&[(CREDENTIAL, None)]);
    door.wait_for_commit(second);
    assert_eq!(door.read(ADA)["result"], "denied");
    home.point_to(&first.to_string());
    door.wait_for_commit(first);
    assert_eq!(door.read(ADA)["result"], "granted");
    door.stop();
}

#[test]
fn a_missing_commit_changes_nothing() {
    let home = Home::new();
    let mut door = Door::start(&home);
    let good = home.head();
    home.point_to(&"1a".repeat(20));
    door.wait("trouble");
    assert_eq!(door.read(ADA)["result"], "granted");
    home.point_to(&good.to_string());
    door.wait_for_commit(good);
    door.stop();
}

#[test]
fn a_repository_that_is_gone_changes_nothing_until_it_is_back() {
    let home = Home::new();
    let mut door = Door::start(&home);
    let (git, away) = (home.dir.path().join(".git"), home.dir.path().join("away"));
    std::fs::rename(&git, &away).unwrap();
    door.wait("trouble");
    assert_eq!(door.read(ADA)["result"], "granted");
    std::fs::rename(&away, &git).unwrap();
    door.wait_for_commit(home.head());
    // and it is watched as before
    let revoked = home.commit(&[(CREDENTIAL, None)]);
    door.wait_for_commit(revoked);
    assert_eq!(door.read(ADA)["result"], "denied");
    door.stop();
}

#[test]
fn an_open_house_unlocks_by_itself_and_its_revocation_locks() {
    let home = Home::new();
    let door = Door::start(&home);
    let path = "facilities/frontdoor/requirements/open.json";
    home.commit(&[(path, Some("{ \"priority\": -1, \"timespec\": \"always\" }"))]);
    let held = door.wait("held");
    assert_eq!((&held["requirement"], &held["until"]), (&json!("open"), &Value::Null));
    home.commit(&[(path, None)]);
    door.wait("locked");
    door.stop();
}

#[test]
fn an_invalid_reading_is_answered_with_an_error() {
    let home = Home::new();
    let mut door = Door::start(&home);
    let elsewhere = json!({ "facility": "laser", "type": "fob", "code": ADA });
    assert!(door.ask(&elsewhere)["error"].as_str().unwrap().contains("frontdoor"));
    assert!(door.ask(&json!("15408774"))["error"].is_string());
    assert_eq!(door.read(STRANGER)["fob"], STRANGER);
    door.stop();
}

#[test]
fn a_passcode_is_written_nowhere() {
    let home = Home::new();
    let mut door = Door::start(&home);
    let answer =
        door.ask(&json!({ "facility": "frontdoor", "type": "passcode", "code": "4455661" }));
    assert_eq!(answer["reason"], "unknown-credential");
    let reading = door.wait("reading");
    door.stop();
    let journal = home.dir.path().join(".git/space/journal");
    let files = std::fs::read_dir(journal).unwrap();
    let texts = files.map(|it| std::fs::read_to_string(it.unwrap().path()).unwrap());
    let texts: Vec<_> = texts.chain([answer.to_string(), reading.to_string()]).collect();
    // The journal, the log, and the two answers; the copy of the records and its key come when the door
    // has nothing else to do, which may be after its end here.
    assert!(texts.len() >= 4, "{}", texts.len());
    assert!(texts.iter().all(|text| !text.contains("4455661")));
}

#[test]
fn a_second_door_at_the_same_socket_is_refused_and_a_dead_one_replaced() {
    let home = Home::new();
    let door = Door::start(&home);
    let second = door::run(home.options(), std::io::sink());
    assert!(
        space::cli::advice::words(&second.unwrap_err().hint().unwrap())
            .contains("stop the other door")
    );
    door.stop();
    let path = home.options().socket.unwrap();
    drop(std::os::unix::net::UnixListener::bind(&path).unwrap());
    assert!(path.exists(), "as after a crash");
    Door::start(&home).stop();
    assert!(!path.exists());
}

#[test]
fn a_door_without_the_key_is_locked_until_it_is_there() {
    let home = Home::new();
    let path = home.dir.path().join(".git/space/key");
    let key = std::fs::read(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    let mut door = Door::start(&home);
    assert_eq!(door.read(ADA)["result"], "denied");
    let status = door.request(&json!({ "status": {} }));
    let trouble = status["in_force"]["trouble"].as_str().unwrap();
    assert!(trouble.contains("space key import"), "{trouble}");
    std::fs::write(path, key).unwrap();
    door.request(&json!({ "reload": {} }));
    door.wait("in-force");
    // The denied fob may still lie there.
    let status = door.request(&json!({ "status": {} }));
    assert_eq!(status["in_force"]["trouble"], Value::Null);
    door.stop();
}

/// A power blip, an update, the watchdog: what shuts a door lasts.
#[test]
fn a_door_that_was_locked_by_hand_is_locked_after_a_restart() {
    let home = Home::new();
    let order = |what: &str| json!({ what: { "door": "frontdoor", "by": "Warden" } });
    let state = |door: &mut Door| {
        let status = door.request(&json!({ "status": {} }));
        status["doors"][0]["state"].as_str().unwrap().to_owned()
    };
    let mut door = Door::start(&home);
    door.request(&order("lock"));
    door.stop();
    let mut door = Door::start(&home);
    assert_eq!(state(&mut door), "locked-by-hand");
    door.request(&order("release"));
    door.request(&order("hold"));
    door.stop();
    let mut door = Door::start(&home);
    assert_eq!(state(&mut door), "locked");
    door.stop();
}

/// What a person sees: names, reasons, and advice.
#[test]
fn in_words_a_reading_is_a_sentence() {
    let home = Home::new();
    let (reader, mut typed) = std::io::pipe().unwrap();
    writeln!(typed, "{ADA}\n{STRANGER}\nexit {ADA}\nlaser {ADA}\nhelp").unwrap();
    drop(typed);
    let options = Options {
        terminal: Some(Box::new(reader)),
        ..Options::new(home.dir.path(), space::cli::advice::words)
    };
    let mut out = Vec::new();
    door::run(options, &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    let commit = CommitId::from_bytes(home.head().as_bytes().try_into().unwrap()).short();
    for expected in [
        format!(
            "frontdoor  granted  0001 Ada Lovelace: priority 1, required 1 (commit {commit})\n"
        ),
        "frontdoor  unlocked\n".into(),
        format!(
            "frontdoor  denied   unknown fob {STRANGER}: nobody holds this credential (commit {commit})\n"
        ),
        "enrol it with `space credential add --member MEMBER --last-unknown frontdoor`\n".into(),
        format!("frontdoor  exit     0001 Ada Lovelace: left the facility (commit {commit})\n"),
        "frontdoor  locked\n".into(),
        "laser      is not served here\n".into(),
        "stopped; every door is locked\n".into(),
    ] {
        assert!(text.contains(&expected), "{expected}is missing in\n{text}");
    }
}
