//! A shared repository, and people who push to it and pull from it.

use super::support::World;

/// A shared bare repository, cloned by Ada and by Bob, who both have the key.
fn shared() -> World {
    let world = World::new();
    let init = ["init", "--bare", "shared.git", "--name", "Makers", "--zone", "Europe/London"];
    world.space(".", &init).good();
    let key = world.space("shared.git", &["key", "export"]).good().out;
    world.write("the.key", key);
    for who in ["ada", "bob"] {
        world.git(".", &["clone", "-q", "shared.git", who]).good();
        world.space(who, &["key", "import", "../the.key"]).good();
        world.git(who, &["config", "user.name", who]).good();
    }
    world
}

#[test]
fn a_clone_with_the_key_works_like_the_original() {
    let world = shared();
    world.space("ada", &["member", "add", "Ada", "--tier", "guest"]).good();
    let add = ["credential", "add", "--member", "ada", "--fob", "15408774", "--tag", "T1"];
    world.space("ada", &add).good();
    world.git("ada", &["push", "-q"]).good();
    let mut to_bob = add;
    to_bob[3] = "bob";
    world.space("shared.git", &["member", "add", "Bob", "--tier", "guest"]).good();
    // The same fob has the same hash, because the key is the same.
    world.space("shared.git", &to_bob[..6]).refused(&["belongs to 0001 Ada"]);
}

#[test]
fn a_clone_with_the_key_has_the_hooks_too() {
    let world = shared();
    world.write("ada/tiers/bad.json", "{");
    world.git("ada", &["add", "."]).good();
    world.git("ada", &["commit", "-m", "by hand"]).refused(&["tiers/bad.json:1", "[no-json]"]);
}

#[test]
fn a_push_with_errors_is_refused_with_its_findings() {
    let world = shared();
    world.space("ada", &["member", "add", "Ada", "--tier", "guest"]).good();
    world.git("ada", &["push", "-q"]).good();
    assert_eq!(world.members("shared.git"), ["Ada"]);
    let before = world.git("shared.git", &["rev-parse", "HEAD"]).good().out;

    world.edit("ada/members/00/0001/member.json", "guest", "gest");
    world.git("ada", &["commit", "-q", "--no-verify", "-a", "-m", "by hand"]).good();
    world.git("ada", &["push"]).refused(&[
        "remote: error: members/00/0001/member.json",
        "[unknown-tier]",
        "nothing was accepted",
    ]);
    assert_eq!(world.git("shared.git", &["rev-parse", "HEAD"]).good().out, before);

    // An error that a later commit corrects is accepted if both are pushed together.
    world.edit("ada/members/00/0001/member.json", "gest", "standard");
    world.git("ada", &["commit", "-q", "-a", "-m", "mended"]).good();
    world.git("ada", &["push", "-q"]).good();
    world.space("shared.git", &["member", "show", "ada"]).good().says(&["standard"]);
}

#[test]
fn a_push_that_breaks_what_it_does_not_touch_is_refused() {
    let world = shared();
    world.space("ada", &["tier", "add", "student", "--price", "10"]).good();
    world.space("ada", &["member", "add", "Ada", "--tier", "student"]).good();
    world.git("ada", &["push", "-q"]).good();
    world.git("ada", &["rm", "-q", "tiers/student.json"]).good();
    world.git("ada", &["commit", "-q", "--no-verify", "-m", "nobody needs it"]).good();
    world.git("ada", &["push"]).refused(&["tiers/student.json", "[tier-in-use]", "0001 Ada"]);
}

#[test]
fn old_damage_keeps_nobody_from_pushing_something_else() {
    let world = shared();
    world.write("ada/members/00/0009/member.json", "{");
    world.git("ada", &["add", "."]).good();
    world.git("ada", &["commit", "-q", "--no-verify", "-m", "damage"]).good();
    std::fs::rename(
        world.path("shared.git/hooks/pre-receive"),
        world.path("shared.git/hooks/pre-receive.off"),
    )
    .unwrap();
    world.git("ada", &["push", "-q"]).good();
    std::fs::rename(
        world.path("shared.git/hooks/pre-receive.off"),
        world.path("shared.git/hooks/pre-receive"),
    )
    .unwrap();
    world.space("ada", &["member", "add", "Ada", "--tier", "guest"]).good();
    world.git("ada", &["push", "-q"]).good();
}

#[test]
fn the_very_first_push_is_checked_too() {
    let world = World::with_space();
    world.git(".", &["init", "-q", "--bare", "empty.git"]).good();
    let hooks = ["pre-receive", "pre-commit", "post-merge"];
    for hook in hooks {
        let from = world.path("makers/.git/hooks").join(hook);
        std::fs::copy(from, world.path("empty.git/hooks").join(hook)).unwrap();
    }
    world.git("makers", &["remote", "add", "origin", "../empty.git"]).good();
    world.write("makers/tiers/bad.json", "{");
    world.git("makers", &["add", "."]).good();
    world.git("makers", &["commit", "-q", "--no-verify", "-m", "bad"]).good();
    world.git("makers", &["push", "origin", "main"]).refused(&["tiers/bad.json:1", "[no-json]"]);
    world.git("makers", &["reset", "-q", "--hard", "HEAD~1"]).good();
    world.git("makers", &["push", "-q", "origin", "main"]).good();
    world.space("empty.git", &["check"]).good();
}

#[test]
fn no_branch_can_be_deleted() {
    let world = shared();
    world.git("shared.git", &["config", "receive.denyDeleteCurrent", "ignore"]).good();
    world.git("ada", &["push", "origin", ":main"]).refused(&["must not be deleted"]);
    world.git("ada", &["push", "-q", "origin", "main:draft"]).good();
    world.git("ada", &["push", "-q", "origin", ":draft"]).refused(&["denying ref deletion"]);
    assert!(world.members("shared.git").is_empty());
}

#[test]
fn two_admins_push_and_both_changes_stand() {
    let world = shared();
    world.space("ada", &["member", "add", "Ada", "--tier", "guest", "--id", "1"]).good();
    world.space("bob", &["member", "add", "Bob", "--tier", "guest", "--id", "2"]).good();
    world.git("ada", &["push", "-q"]).good();
    world.git("bob", &["push", "-q"]).refused(&["fetch first"]);
    world.git("bob", &["pull", "-q", "--no-edit"]).good();
    assert_eq!(world.members("bob"), ["Ada", "Bob"]);
    world.git("bob", &["push", "-q"]).good();
    world.git("ada", &["pull", "-q"]).good();
    for at in ["ada", "bob", "shared.git"] {
        assert_eq!(world.members(at), ["Ada", "Bob"], "{at}");
        world.space(at, &["check"]).good();
    }
    // Everything still works after a merge.
    world.space("bob", &["member", "edit", "ada", "--name", "Ada King"]).good();
    world.git("bob", &["push", "-q"]).good();
}

#[test]
fn a_pull_with_errors_reports_them() {
    let world = shared();
    world.write("ada/tiers/bad.json", "{");
    world.git("ada", &["add", "."]).good();
    world.git("ada", &["commit", "-q", "--no-verify", "-m", "bad"]).good();
    world.git("bob", &["pull", "-q", "../ada", "main"]).good().says(&[
        "tiers/bad.json:1",
        "[no-json]",
        "space undo",
    ]);
}

#[test]
fn a_pull_without_errors_does_not_report_old_damage() {
    let world = shared();
    world.write("bob/tiers/bad.json", "{");
    world.git("bob", &["add", "."]).good();
    world.git("bob", &["commit", "-q", "--no-verify", "-m", "bad"]).good();
    world.space("ada", &["member", "add", "Ada", "--tier", "guest"]).good();
    let answer = world.git("bob", &["pull", "-q", "--no-edit", "../ada", "main"]).good();
    assert!(!answer.err.contains("bad.json") && !answer.out.contains("bad.json"), "{answer:?}");
    assert_eq!(world.members("bob"), ["Ada"]);
}

#[test]
fn the_same_number_given_twice_is_found_after_the_merge() {
    let world = shared();
    world.space("ada", &["member", "add", "Ada", "--tier", "guest"]).good();
    world.space("bob", &["member", "add", "Bob", "--tier", "guest"]).good();
    world.git("ada", &["push", "-q"]).good();
    world.git("bob", &["pull", "-q", "--no-edit"]).refused(&["members/00/0001/member.json"]);
    let busy = world.space("bob", &["member", "add", "Carl", "--tier", "guest"]);
    busy.refused(&["merge", "git merge --abort"]);
    world.git("bob", &["merge", "--abort"]).good();
    world.space("bob", &["undo", "--yes"]).good();
    world.git("bob", &["pull", "-q", "--no-edit"]).good();
    world.space("bob", &["member", "add", "Bob", "--tier", "guest"]).good();
    world.git("bob", &["push", "-q"]).good();
    assert_eq!(world.members("shared.git"), ["Ada", "Bob"]);
}
