//! The hooks that `space init` installs guard people who commit without `space`.

use super::support::{Said, World};

const MEMBER: &str = "makers/members/00/0001/member.json";

fn world() -> World {
    let world = World::with_space();
    world.space("makers", &["member", "add", "Ada Lovelace", "--tier", "guest"]).good();
    world
}

#[test]
fn a_bad_record_is_not_committed_and_a_good_one_is() {
    let world = world();
    world.edit(MEMBER, "guest", "gest");
    world.git("makers", &["commit", "-a", "-m", "by hand"]).refused(&[
        "unknown-tier",
        "gest",
        "nothing was committed",
    ]);
    world.edit(MEMBER, "gest", "standard");
    world.git("makers", &["commit", "-a", "-m", "by hand"]).good();
    world.space("makers", &["member", "show", "ada"]).good().says(&["standard"]);
}

#[test]
fn the_hook_looks_at_what_is_staged_and_not_at_what_lies_there() {
    let world = world();
    world.edit(MEMBER, "guest", "standard");
    world.git("makers", &["add", "."]).good();
    world.edit(MEMBER, "standard", "nonsense");
    world.git("makers", &["commit", "-m", "the staged one is good"]).good();
    world.git("makers", &["add", "."]).good();
    world.edit(MEMBER, "nonsense", "standard");
    world.git("makers", &["commit", "-m", "the staged one is bad"]).refused(&["unknown-tier"]);
}

#[test]
fn a_partial_commit_is_checked_as_it_would_be() {
    let world = world();
    world.write("makers/tiers/broken.json", "{");
    world.git("makers", &["add", "."]).good();
    world.edit(MEMBER, "guest", "standard");
    // git passes a separate index to the hook for this.
    let only = ["commit", "-m", "only this", "members/00/0001/member.json"];
    world.git("makers", &only).good();
    world.git("makers", &["commit", "-m", "the rest"]).refused(&["tiers/broken.json:1", "no-json"]);
}

#[test]
fn a_plain_commit_after_ours_reverts_nothing() {
    let world = world();
    world.space("makers", &["member", "add", "Bob Noyce", "--tier", "guest"]).good();
    world.space("makers", &["member", "edit", "ada", "--name", "Ada King"]).good();
    world.write("makers/NOTES.md", "opened the windows\n");
    world.git("makers", &["add", "NOTES.md"]).good();
    world.git("makers", &["commit", "-m", "notes"]).good();
    assert_eq!(world.members("makers"), ["Ada King", "Bob Noyce"]);
    world.git("makers", &["status", "--porcelain"]).good().says(&[]);
    let changed = world.git("makers", &["show", "--name-only", "--format=", "HEAD"]).good();
    assert_eq!(changed.out, "NOTES.md\n");
}

/// A git that reads its index just before a change of ours, and writes it just after, leaves one without
/// the change.
#[test]
fn what_an_outdated_index_would_take_back_is_not_committed_until_it_is_staged_again() {
    let world = world();
    let fob = ["credential", "add", "--member", "ada", "--fob", "15408774", "--tag", "ada-fob"];
    world.space("makers", &fob).good();
    let credential = "members/00/0001/credentials/ada-fob.json";
    let changes: [(&[&str], &str); 3] = [
        (&["member", "edit", "ada", "--name", "Ada King"], "members/00/0001/member.json"),
        (&["member", "add", "Bob Noyce", "--tier", "guest"], "members/00/0002/member.json"),
        (&["credential", "revoke", "ada-fob", "--yes"], credential),
    ];
    for (number, (change, path)) in changes.into_iter().enumerate() {
        let index = world.path("makers/.git/index");
        let before = std::fs::read(&index).unwrap();
        world.space("makers", change).good();
        std::fs::write(&index, before).unwrap();
        world.write("makers/NOTES.md", format!("note {number}\n"));
        world.git("makers", &["add", "NOTES.md"]).good();
        let again = format!("git reset -q -- {path}");
        let commit = ["commit", "-m", "notes"];
        world.git("makers", &commit).refused(&["outdated-index", path, &again]);
        world.git("makers", &["reset", "-q", "--", path]).good();
        world.git("makers", &commit).good();
        let changed = world.git("makers", &["show", "--name-only", "--format=", "HEAD"]).good();
        assert_eq!(changed.out, "NOTES.md\n");
    }
    assert_eq!(world.members("makers"), ["Ada King", "Bob Noyce"]);
    assert!(!world.path("makers").join(credential).exists());
}

/// Whoever edits a file back to what it was, or takes a file of their own out of git, may do so.
#[test]
fn an_older_version_that_somebody_wants_is_committed() {
    let world = world();
    world.space("makers", &["member", "edit", "ada", "--name", "Ada King"]).good();
    world.edit(MEMBER, "Ada King", "Ada Lovelace");
    world.git("makers", &["commit", "-a", "-m", "the old name"]).good();
    assert_eq!(world.members("makers"), ["Ada Lovelace"]);
    world.write("makers/NOTES.md", "a note");
    world.git("makers", &["add", "NOTES.md"]).good();
    world.git("makers", &["commit", "-m", "a note"]).good();
    world.git("makers", &["rm", "-q", "--cached", "NOTES.md"]).good();
    world.git("makers", &["commit", "-m", "no note"]).good();
}

#[test]
fn the_space_that_a_person_has_set_is_not_the_one_that_is_checked() {
    let world = world();
    world.space(".", &["init", "other", "--name", "Other"]).good();
    world.edit(MEMBER, "guest", "gest");
    let mut commit = world.command("git", "makers", &["commit", "-a", "-m", "by hand"]);
    Said::of(commit.env("SPACE_REPO", world.path("other"))).refused(&["unknown-tier"]);
}

#[test]
fn hooks_that_are_there_already_are_left_alone() {
    let world = World::new();
    world.git(".", &["init", "-q", "makers"]).good();
    world.write("makers/.git/hooks/pre-commit", "#!/bin/sh\necho mine\n");
    world.space(".", &["init", "makers", "--name", "Makers"]).good().says(&["pre-commit"]);
    let kept = std::fs::read_to_string(world.path("makers/.git/hooks/pre-commit")).unwrap();
    assert_eq!(kept, "#!/bin/sh\necho mine\n");
}
