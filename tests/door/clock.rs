//! What a door remembers of the time, and what it does about memories of the future.

use std::fs;

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::{
    home::{Door, Home},
    support::ADA,
};

/// A moment that is yet to come, whenever the tests are run.
const FAR: &str = "9000-01-01T10:00:00Z";

fn is_far(answer: &Value) -> bool {
    let time: Timestamp = answer["time"].as_str().unwrap().parse().unwrap();
    time >= FAR.parse().unwrap()
}

/// Writes an activity of that moment into the journal, as a door of then would.
fn remember(home: &Home, more: &str) {
    let line = format!(
        "{{\"time\":\"{FAR}\",\"facility\":\"frontdoor\",\"member\":\"0001\",\"result\":\"exit\",\
         \"reason\":\"exit\",\"commit\":\"{}\"{more}}}\n",
        home.head()
    );
    let journal = home.dir.path().join(".git/space/journal");
    fs::create_dir_all(&journal).unwrap();
    fs::write(journal.join("door-9000-01.jsonl"), line).unwrap();
}

fn doubt(door: &mut Door) -> Value {
    door.request(&json!({ "status": {} }))["doubt"].clone()
}

fn trust(door: &mut Door) -> Value {
    door.request(&json!({ "trust-clock": { "by": "Ada" } }))
}

#[test]
fn a_commit_from_the_future_moves_no_clock_and_locks_nobody_out() {
    let home = Home::new();
    let mut door = Door::start(&home);
    assert!(doubt(&mut door).is_null());
    // git keeps no date that is much later.
    let date = "2100-01-01T00:00:00Z";
    let far = home.commit_at(&[("members/00/0002/member.json", Some("{}"))], date);
    door.wait_for_commit(far);
    let answer = door.read(ADA);
    assert_eq!((&answer["result"], &answer["doubted"]), (&json!("granted"), &json!(true)));
    assert!(answer["time"].as_str().unwrap() < date, "{answer}");
    assert_eq!(doubt(&mut door)["ahead"]["commit"], date);
    assert_eq!(trust(&mut door)["aside"], 1);
    assert!(doubt(&mut door).is_null());
    door.stop();
    // It stays aside when the door starts anew.
    let mut door = Door::start(&home);
    assert!(doubt(&mut door).is_null());
    door.stop();
}

#[test]
fn an_activity_from_the_future_is_told_and_put_aside_for_good() {
    let home = Home::new();
    remember(&home, "");
    let mut door = Door::start(&home);
    let answer = door.read(ADA);
    assert!(is_far(&answer), "{answer}");
    assert_eq!(doubt(&mut door)["behind"]["latest"], FAR);
    assert_eq!(trust(&mut door)["aside"], 1);
    let answer = door.read(ADA);
    assert!(!is_far(&answer) && answer["doubted"].is_null(), "{answer}");
    assert!(doubt(&mut door).is_null());
    door.stop();
    let mut door = Door::start(&home);
    assert!(doubt(&mut door).is_null());
    assert!(!is_far(&door.read(ADA)));
    door.stop();
}

#[test]
fn a_rehearsal_teaches_no_door_what_the_time_is() {
    let home = Home::new();
    remember(&home, ",\"rehearsal\":true");
    let mut door = Door::start(&home);
    assert!(doubt(&mut door).is_null());
    assert!(!is_far(&door.read(ADA)));
    door.stop();
}
