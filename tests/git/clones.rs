//! Clones: on which branch they are, which of them are a door's, and how they compare.

use super::{
    history::shared,
    support::{Said, World},
};

/// The shared repository, Ada's clone, and the clone of a door.
fn with_door() -> World {
    let world = shared();
    world.space(".", &["door", "clone", "shared.git", "door.git"]).good();
    world.space("door.git", &["key", "import", "../the.key"]).good();
    world
}

pub(super) fn push(world: &World, name: &str) {
    world.space("ada", &["member", "add", name, "--tier", "guest"]).good();
    world.git("ada", &["push", "-q", "origin", "main"]).good();
}

fn fetch(world: &World) -> Said {
    world.git("door.git", &["fetch", "-q", "origin", "main:main"])
}

#[test]
fn who_imports_the_key_has_the_branch_pinned() {
    let world = shared();
    let branch = world.git("ada", &["config", "--local", "space.branch"]).good().out;
    assert_eq!(branch, "main\n");
    // What is checked out makes no difference to what is read.
    world.git("ada", &["switch", "-q", "--detach", "HEAD~1"]).good();
    assert_eq!(world.members("ada"), ["Ada"]);
    world.space("ada", &["member", "edit", "ada", "--name", "Eve"]).refused(&["detached HEAD"]);
}

#[test]
fn a_clone_that_nobody_pinned_is_on_its_branch_whatever_is_checked_out() {
    let world = shared();
    world.git("ada", &["config", "--unset", "space.branch"]).good();
    world.git("ada", &["switch", "-q", "--detach", "HEAD~1"]).good();
    assert_eq!(world.members("ada"), ["Ada"], "there is one branch only");
    world.git("ada", &["branch", "draft"]).good();
    world.space("ada", &["member", "list"]).refused(&["detached HEAD", "git switch main"]);
    world.git("ada", &["switch", "-q", "main"]).good();
    world.space("ada", &["member", "add", "Bob", "--tier", "guest"]).good();
    world.git("ada", &["config", "--local", "space.branch"]).good().says(&["main"]);
}

#[test]
fn a_doors_clone_is_written_to_by_nobody_and_says_where_to_write() {
    let world = with_door();
    let before = world.git("door.git", &["rev-parse", "main"]).good().out;
    let url = world.path("shared.git").display().to_string();
    for dry in [&[][..], &["--dry-run"]] {
        let add = [&["member", "add", "Bob", "--tier", "guest"][..], dry].concat();
        world.space("door.git", &add).refused(&["the clone of a door", &url, "space clone"]);
    }
    world.git("ada", &["remote", "add", "door", "../door.git"]).good();
    world.space("ada", &["member", "add", "Bob", "--tier", "guest"]).good();
    world.git("ada", &["push", "door", "main"]).refused(&["the clone of a door", &url]);
    assert_eq!(world.git("door.git", &["rev-parse", "main"]).good().out, before);
    assert_eq!(world.members("door.git"), ["Ada"], "it is read");
    // Whoever means it can have it otherwise.
    world.git("door.git", &["config", "space.role", "own"]).good();
    world.space("door.git", &["member", "add", "Bob", "--tier", "guest"]).good();
}

#[test]
fn a_door_without_another_repository_is_written_to() {
    let world = World::with_space();
    world.git("makers", &["config", "space.role", "door"]).good();
    world.space("makers", &["member", "add", "Ada", "--tier", "guest"]).good();
}

#[test]
fn what_cannot_be_cloned_says_why() {
    let world = World::new();
    let clone = ["door", "clone", "nowhere.git", "door.git"];
    world.space(".", &clone).refused(&["nowhere.git cannot be cloned", "does not exist"]);
}

#[test]
fn status_and_doctor_say_how_a_door_compares_with_the_server() {
    let world = with_door();
    fetch(&world).good();
    let status = world.space("door.git", &["status"]).good();
    status.says(&["shared.git: in step, fetched "]);
    push(&world, "Bob");
    fetch(&world).good();
    assert_eq!(world.members("door.git"), ["Ada", "Bob"]);
    // Fetched, and not put into force.
    push(&world, "Carl");
    world.git("door.git", &["fetch", "-q", "origin"]).good();
    for command in ["status", "doctor"] {
        let answer = world.space("door.git", &[command]);
        answer.says(&["1 commit behind", "git fetch origin main:main"]);
    }
    fetch(&world).good();
    world.space("door.git", &["status"]).good().says(&["in step"]);
}

/// The history on the server is rewritten, as only somebody on the server can.
fn rewrite(world: &World) {
    world.git("ada", &["commit", "-q", "--amend", "-m", "rewritten", "--no-verify"]).good();
    let hook = world.path("shared.git/hooks/pre-receive");
    std::fs::remove_file(hook).unwrap();
    push_anew(world);
}

fn push_anew(world: &World) {
    world.git("shared.git", &["config", "receive.denyNonFastForwards", "false"]).good();
    world.git("ada", &["push", "-q", "-f", "origin", "main"]).good();
}

#[test]
fn a_door_whose_server_was_rewritten_says_so_until_it_is_told_to_follow() {
    let world = with_door();
    rewrite(&world);
    assert_ne!(fetch(&world).code, Some(0));
    let apart = "gone apart: 1 commit only here, 1 only there";
    world.space("door.git", &["status"]).good().says(&["warning", apart]);
    let doctor = world.space("door.git", &["doctor"]);
    assert_eq!(doctor.code, Some(2), "{doctor:?}");
    doctor.says(&[apart, "git fetch origin +main:main"]);
    world.git("door.git", &["fetch", "-q", "origin", "+main:main"]).good();
    let status = world.space("door.git", &["status"]).good().says(&["in step"]);
    assert!(!status.err.contains("warning"), "{status:?}");
}

#[test]
fn a_bare_clone_that_is_no_doors_tells_as_much() {
    let world = shared();
    world.git(".", &["clone", "-q", "--bare", "shared.git", "door.git"]).good();
    push(&world, "Bob");
    world.git("door.git", &["fetch", "-q", "origin", "main"]).good();
    let doctor = world.space("door.git", &["doctor"]);
    doctor.says(&["warning", "1 commit behind", "and not taken over"]);
    fetch(&world).good();
    rewrite(&world);
    assert_ne!(fetch(&world).code, Some(0));
    let doctor = world.space("door.git", &["doctor"]);
    assert_eq!(doctor.code, Some(2), "{doctor:?}");
    doctor.says(&["gone apart: 1 commit only here, 1 only there"]);
}

#[test]
fn why_and_a_tried_reading_go_by_the_age_of_a_doors_records() {
    let world = shared();
    for args in [
        &["credential", "add", "--member", "ada", "--fob", "15408774", "--effective", "2026-01-01"]
            [..],
        &["facility", "edit", "frontdoor", "--stale-after", "3", "--stale-priority", "2"],
    ] {
        world.space("ada", args).good();
    }
    world.git("ada", &["push", "-q", "origin", "main"]).good();
    world.space(".", &["door", "clone", "shared.git", "door.git"]).good();
    world.space("door.git", &["key", "import", "../the.key"]).good();
    fetch(&world).good();
    let fetched = |when: &str| {
        let at: jiff::Timestamp = when.parse().unwrap();
        let head = world.path("door.git/FETCH_HEAD");
        let file = std::fs::OpenOptions::new().append(true).open(head).unwrap();
        file.set_modified(at.into()).unwrap();
    };
    // It is 2026-03-02T18:00:00Z.
    let why = ["why", "ada", "frontdoor"];
    let try_it = ["door", "try", "frontdoor", "--fob", "15408774"];
    fetched("2026-02-27T18:00:01Z");
    world.space("door.git", &why).good().says(&["granted"]);
    world.space("door.git", &try_it).good().says(&["granted"]);
    fetched("2026-02-27T18:00:00Z");
    let old = "the records of this machine are 3 days old: only priority 2 and above gets in";
    world.space("door.git", &why).says(&["denied", old]);
    let tried = world.space("door.git", &try_it);
    assert_eq!(tried.code, Some(2), "{tried:?}");
    tried.says(&["denied"]);
    let all = ["why", "--facility", "frontdoor", "--all"];
    world.space("door.git", &all).good().says(&["nothing new has come"]);
    // What was in force then is another question, and so is the repository of an office.
    world.space("door.git", &["why", "ada", "frontdoor", "--commit", "main"]).says(&["granted"]);
    world.space("ada", &why).good().says(&["granted"]);
}
