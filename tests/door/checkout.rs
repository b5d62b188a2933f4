//! What somebody does to the clone by which a door decides.

use git2::{Oid, Repository};
use serde_json::json;

use crate::{
    home::{CREDENTIAL, Door, Home},
    support::ADA,
};

fn repo(home: &Home) -> Repository {
    Repository::open(home.dir.path()).unwrap()
}

/// Sets something that `git config` would.
fn set(home: &Home, name: &str, value: &str) {
    repo(home).config().unwrap().set_str(name, value).unwrap();
}

/// A space that nobody pinned to its branch, where Ada's fob was revoked; returns the commit
/// before.
fn unpinned() -> (Home, Oid) {
    let home = Home::new();
    repo(&home).config().unwrap().remove("space.branch").unwrap();
    let before = home.head();
    home.commit(&[(CREDENTIAL, None)]);
    (home, before)
}

#[test]
fn what_is_checked_out_puts_nothing_back_into_force() {
    let (home, before) = unpinned();
    let mut door = Door::start(&home);
    assert_eq!(door.read(ADA)["result"], "denied");
    repo(&home).set_head_detached(before).unwrap();
    let message = door.wait("trouble")["message"].to_string();
    assert!(message.contains("detached HEAD") && message.contains("`main`"), "{message}");
    assert_eq!(door.read(ADA)["reason"], "unknown-credential");
    // What is committed to the branch comes into force as ever.
    let next = home.commit(&[("members/00/0002/member.json", Some("{}"))]);
    door.wait_for_commit(next);
    let old = repo(&home).find_commit(before).unwrap().id();
    repo(&home).reference("refs/heads/old", old, false, "old").unwrap();
    repo(&home).set_head("refs/heads/old").unwrap();
    let message = door.wait("trouble")["message"].to_string();
    assert!(message.contains("on branch `old`"), "{message}");
    assert_eq!(door.read(ADA)["reason"], "unknown-credential");
    door.stop();
    // Nor does a start: the branch was pinned by the first one.
    let mut door = Door::start(&home);
    assert_eq!(door.read(ADA)["reason"], "unknown-credential");
    door.stop();
}

#[test]
fn a_door_does_not_begin_with_what_happens_to_be_checked_out() {
    let (home, before) = unpinned();
    let old = repo(&home).find_commit(before).unwrap().id();
    repo(&home).reference("refs/heads/old", old, false, "old").unwrap();
    repo(&home).set_head_detached(before).unwrap();
    let (mut door, trouble) = Door::begin(&home, "trouble");
    assert!(trouble["message"].to_string().contains("detached HEAD"), "{trouble}");
    assert_eq!(door.request(&json!({ "status": {} }))["commit"], serde_json::Value::Null);
    door.stop();
}

#[test]
fn a_door_that_has_gone_apart_from_its_server_says_so_and_is_well_again() {
    let home = Home::new();
    set(&home, "space.role", "door");
    set(&home, "remote.origin.url", "/srv/space.git");
    let (theirs, before) = (home.commit(&[(CREDENTIAL, None)]), home.head());
    let kept = "refs/remotes/origin/main";
    repo(&home).reference(kept, theirs, false, "fetch").unwrap();
    let parent = repo(&home).find_commit(before).unwrap().parent_id(0).unwrap();
    home.point_to(&parent.to_string());
    let ours = home.commit(&[("members/00/0002/member.json", Some("{}"))]);
    let mut door = Door::start(&home);
    let message = door.wait("trouble")["message"].to_string();
    assert!(message.contains("gone apart: 1 commit only here, 1 only there"), "{message}");
    let status = door.request(&json!({ "status": {} }));
    assert_eq!(status["clone"]["upstream"]["apart"], json!({ "ahead": 1, "behind": 1 }));
    assert_eq!(status["clone"]["notes"].as_array().unwrap().len(), 1, "{status}");
    assert_eq!(door.read(ADA)["commit"], ours.to_string());
    home.point_to(&theirs.to_string());
    // Which of the two is noticed first is a matter of chance.
    assert!(door.wait("note")["message"].to_string().contains("as it should be"));
    let mut status = door.request(&json!({ "status": {} }));
    if status["commit"] != theirs.to_string() {
        door.wait_for_commit(theirs);
        status = door.request(&json!({ "status": {} }));
    }
    assert_eq!(status["clone"]["compared"], "in step");
    door.stop();
}
