//! What `space doctor` advises is done as printed, and then what it found is gone.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    time::{Duration, SystemTime},
};

use serde_json::Value;

use super::{
    clones::push,
    history::shared,
    mirror::{fetch, with_mirror},
    support::{Said, World},
};

/// What stands first in a command that somebody would copy.
const PROGRAMS: [&str; 5] = ["space ", "git ", "chmod ", "mv ", "rm "];

/// Returns the row about something that is not well.
fn finding(world: &World, folder: &str, what: &str) -> Option<Value> {
    let doctor = ["-C", folder, "doctor", "--json", "--config"];
    let config = world.path("door.toml");
    fs::OpenOptions::new().append(true).create(true).open(&config).unwrap();
    let said = world.space(".", &[&doctor[..], &[config.to_str().unwrap()]].concat());
    let rows: Vec<Value> = serde_json::from_str(&said.out).unwrap();
    rows.into_iter().find(|row| row["what"] == what && row["grade"] != "good")
}

/// Returns the commands in a piece of advice that are meant for this machine.
fn commands(advice: &str) -> Vec<&str> {
    let parts: Vec<&str> = advice.split('`').collect();
    let here =
        |place: usize| !parts.get(place + 1).is_some_and(|it| it.starts_with(" on a machine"));
    let all = (1..parts.len()).step_by(2).filter(|place| here(*place)).map(|place| parts[place]);
    all.filter(|it| PROGRAMS.iter().any(|program| it.starts_with(program))).collect()
}

/// Follows one of the commands that are advised, where doctor was run; then something else is found, or
/// nothing.
#[track_caller]
fn mended(world: &World, folder: &str, what: &str, by: &str) {
    let found = finding(world, folder, what).unwrap_or_else(|| panic!("{what} is well"));
    let advice = found["advice"].as_str().unwrap();
    let command = commands(advice).into_iter().find(|it| it.contains(by));
    let command = command.unwrap_or_else(|| panic!("no `{by}` in {advice}"));
    Said::of(&mut world.command("sh", ".", &["-c", command])).good();
    assert_ne!(finding(world, folder, what).as_ref(), Some(&found), "{command}");
}

fn age(world: &World, path: &str) {
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    fs::File::options().write(true).open(world.path(path)).unwrap().set_modified(long_ago).unwrap();
}

#[test]
fn a_door_whose_history_has_gone_apart_goes_by_the_server_again() {
    let world = with_mirror();
    world.git("ada", &["commit", "-q", "--amend", "-m", "rewritten", "--no-verify"]).good();
    world.git("mirror.git", &["fetch", "-q", "../ada", "+main:main"]).good();
    let _ = world.git("door.git", &["fetch", "-q", "mirror"]); // refused, and the row says so
    mended(&world, "door.git", "clone", "fetch mirror +main:main");
}

#[test]
fn what_somebody_committed_at_a_door_is_pushed_or_dropped() {
    for by in ["push origin main", "fetch mirror +main:main"] {
        let world = with_mirror();
        push(&world, "Bob");
        fetch(&world);
        world.git("door.git", &["fetch", "-q", "--no-write-fetch-head", "mirror"]).good();
        world.git("door.git", &["config", "space.role", "own"]).good();
        world.space("door.git", &["member", "add", "Carl", "--tier", "guest"]).good();
        world.git("door.git", &["config", "space.role", "door"]).good();
        mended(&world, "door.git", "clone", by);
    }
}

#[test]
fn what_was_fetched_and_is_not_in_force_is_taken_over() {
    let world = with_mirror();
    push(&world, "Bob");
    fetch(&world);
    let track = ["fetch", "-q", "mirror", "--refmap=", "+refs/heads/main:refs/remotes/origin/main"];
    world.git("door.git", &track).good();
    mended(&world, "door.git", "clone", "fetch mirror main:main");

    let world = with_mirror();
    push(&world, "Bob");
    fetch(&world);
    world.git("mirror.git", &["pack-refs", "--all"]).good();
    mended(&world, "door.git", "clone", "fetch mirror");
}

#[test]
fn a_door_that_nothing_is_fetched_for_is_told_of() {
    let world = with_mirror();
    // A clone has its own time; the fetch of the mirror is what counts.
    push(&world, "Bob");
    fetch(&world);
    world.git("door.git", &["fetch", "-q", "--no-write-fetch-head", "mirror"]).good();
    age(&world, "mirror.git/FETCH_HEAD");
    let found = finding(&world, "door.git", "clone").unwrap();
    assert!(found["found"].as_str().unwrap().contains("nothing was fetched"), "{found}");
    assert!(finding(&world, "door.git", "news of the records").is_some());
    fetch(&world);
    // The file is newer than the pinned day; a door's clock may have been wrong, so that is no news.
    assert_ne!(finding(&world, "door.git", "clone"), Some(found));
}

#[test]
fn a_key_is_brought_and_kept_from_others() {
    let world = with_mirror();
    fs::remove_file(world.path("door.git/space/key")).unwrap();
    fs::copy(world.path("the.key"), world.path("space.key")).unwrap();
    mended(&world, "door.git", "key", "key import space.key");
    let key = world.path("door.git/space/key");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
    mended(&world, "door.git", "key", "chmod 600");
}

#[test]
fn hooks_are_where_git_looks_for_them() {
    let world = shared();
    for folder in ["ada", "shared.git"] {
        world.git(folder, &["config", "core.hooksPath", "/nowhere"]).good();
        mended(&world, folder, "hooks", "config core.hooksPath");
        assert_eq!(finding(&world, folder, "hooks"), None);
    }
    let hook = "ada/.git/hooks/pre-commit";
    world.write(hook, "#!/bin/sh\n");
    mended(&world, "ada", "hooks", "mv ");
    assert_eq!(finding(&world, "ada", "hooks"), None);
    // What is missing, or may not be run, is put right by looking.
    fs::set_permissions(world.path(hook), fs::Permissions::from_mode(0o644)).unwrap();
    fs::remove_file(world.path("ada/.git/hooks/post-merge")).unwrap();
    world.git("ada", &["config", "--unset", "merge.space.driver"]).good();
    assert_eq!(finding(&world, "ada", "hooks"), None);
    for name in ["pre-commit", "post-merge"] {
        let mode =
            fs::metadata(world.path("ada/.git/hooks").join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o100, 0o100, "{name}");
    }
    world.git("ada", &["config", "merge.space.driver"]).good().says(&["space merge-file"]);
}

#[test]
fn a_branch_is_checked_out_again_and_an_old_lock_removed() {
    let world = shared();
    world.git("ada", &["checkout", "-q", "--detach"]).good();
    mended(&world, "ada", "clone", "switch main");
    for by in ["switch main", "config space.branch draft"] {
        world.git("ada", &["switch", "-q", "-C", "draft"]).good();
        mended(&world, "ada", "clone", by);
    }
    let world = with_mirror();
    world.write("door.git/refs/heads/main.lock", "");
    age(&world, "door.git/refs/heads/main.lock");
    mended(&world, "door.git", "clone", "rm ");
}

#[test]
fn a_facility_is_added_where_that_can_be_done() {
    let world = with_mirror();
    world.write("door.toml", "[devices.sim.simulator]\n[doors.attic]\nstrikes = [\"sim:1\"]\n");
    let found = finding(&world, "door.git", "door attic").unwrap();
    let advice = found["advice"].as_str().unwrap();
    assert!(advice.contains("`space facility add attic` on a machine"), "{advice}");
    assert!(commands(advice).is_empty(), "{advice}");
    mended(&world, "ada", "door attic", "facility add attic");
    mended(&world, "ada", "door attic", "requirement add attic always");
    assert_eq!(finding(&world, "ada", "door attic"), None);
}
