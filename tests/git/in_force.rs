//! Which commit was in force at a moment that is past.

use super::{
    history::shared,
    support::{Said, World},
};

/// Runs a command at another moment of the day than all others.
#[track_caller]
fn at(world: &World, time: &str, program: &str, folder: &str, args: &[&str]) -> Said {
    let moment = format!("2026-03-02T{time}:00Z");
    let mut command = world.command(program, folder, args);
    for name in ["SPACE_NOW", "GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"] {
        command.env(name, &moment);
    }
    Said::of(&mut command).good()
}

fn head(world: &World) -> String {
    world.git("door.git", &["rev-parse", "--short=7", "main"]).good().out.trim().to_owned()
}

#[test]
fn a_commit_counts_from_when_it_came_to_the_door_and_not_from_its_date() {
    let world = shared();
    at(&world, "18:05", "space", ".", &["door", "clone", "shared.git", "door.git"]);
    let first = head(&world);
    at(&world, "18:10", "space", "ada", &["member", "edit", "ada", "--name", "Ada King"]);
    at(&world, "19:00", "git", "ada", &["push", "-q", "origin", "main"]);
    at(&world, "19:05", "git", "door.git", &["fetch", "-q", "origin", "main:main"]);
    let second = head(&world);
    assert_ne!(first, second);
    let why = |folder: &str, moment: &str| {
        let moment = format!("2026-03-02T{moment}:00Z");
        at(&world, "20:00", "space", folder, &["why", "1", "frontdoor", "--at", &moment])
    };
    let log =
        |commit: &str| format!("commit {commit} was in force, according to the log of the branch");
    why("door.git", "18:30").says(&[&log(&first), "Ada at"]);
    why("door.git", "19:30").says(&[&log(&second), "Ada King at"]);
    // Nobody logged where the door stood before it was cloned.
    why("door.git", "18:02").says(&["the newest by commit date", "not known here"]);
    // Another clone knows no more than the dates.
    let newest = format!("commit {second} was the newest by commit date");
    why("ada", "18:30").says(&[&newest, "not known here"]);
    // The door that wrote down what it decided by knows best.
    let whole = world.git("door.git", &["rev-parse", "main"]).good().out;
    let line = format!(
        "{{\"time\":\"2026-03-02T18:30:00Z\",\"facility\":\"frontdoor\",\"member\":\"0001\",\
         \"result\":\"exit\",\"reason\":\"exit\",\"commit\":\"{}\"}}\n",
        whole.trim()
    );
    world.write("door.git/space/journal/door-2026-03.jsonl", line);
    let decided = format!("commit {second} was in force: the door decided by it at");
    why("door.git", "18:30").says(&[&decided]);
    why("door.git", "18:20").says(&[&log(&first)]);
}
