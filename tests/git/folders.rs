//! Where one may stand, and what kinds of repositories there are.

use super::support::{Said, World};

#[test]
fn any_folder_inside_will_do() {
    let world = World::with_space();
    world.space("makers/tiers", &["member", "add", "Ada", "--tier", "guest"]).good();
    world.space("makers/members/00", &["member", "edit", "ada", "--name", "Ada King"]).good();
    assert_eq!(world.members("makers/members/00/0001"), ["Ada King"]);
    assert_eq!(world.git("makers", &["status", "--porcelain"]).good().out, "");
    world.edit("makers/members/00/0001/member.json", "guest", "gest");
    world.space("makers/tiers", &["check"]).refused(&["members/00/0001/member.json", "gest"]);
}

#[test]
fn a_second_worktree_has_the_same_truth_and_the_same_key() {
    let world = World::with_space();
    world.space("makers", &["member", "add", "Ada", "--tier", "guest"]).good();
    world.git("makers", &["worktree", "add", "-q", "../draft", "-b", "draft"]).good();
    assert_eq!(world.members("draft"), ["Ada"]);
    world.space("draft", &["key", "show"]).good().says(&["makers/.git/space/key"]);
    // The branch that counts is the one that the space says, not the one that is checked out here.
    let said = world.space("draft", &["member", "add", "Bob", "--tier", "guest"]);
    said.refused(&["draft", "main"]);
    world.space("makers", &["member", "add", "Bob", "--tier", "guest"]).good();
    assert_eq!(world.members("makers"), ["Ada", "Bob"]);
}

#[test]
fn the_variables_that_git_sets_for_its_hooks_mislead_nobody() {
    let world = World::with_space();
    world.space(".", &["init", "other", "--name", "Other"]).good();
    let git_dir = world.path("other/.git");
    let mut command =
        world.command("space", "makers", &["member", "add", "Ada", "--tier", "guest"]);
    Said::of(command.env("GIT_DIR", &git_dir)).good();
    assert_eq!(world.members("makers"), ["Ada"]);
    assert!(world.members("other").is_empty());
}

#[test]
fn a_bare_repository_works_for_every_command() {
    let world = World::new();
    world.space(".", &["init", "--bare", "door.git", "--name", "Makers"]).good();
    for line in [
        "member add Ada --paid-until 2026-04-01",
        "member edit ada --email ada@example.org",
        "member show ada --contact",
        "member list",
        "member suspend ada --reason test",
        "member resume ada",
        "credential add --member ada --fob 15408774 --tag T1",
        "credential list",
        "credential show T1",
        "credential replace --member ada --tag T1 --fob 4711",
        "facility add workshop",
        "facility edit workshop --name Workshop",
        "facility show workshop",
        "facility list",
        "requirement add workshop always --tag R1",
        "requirement set R1 --priority 2",
        "requirement list",
        "requirement show R1",
        "requirement preview",
        "requirement revoke R1",
        "induction add ada health-and-safety",
        "induction list",
        "induction revoke ada health-and-safety",
        "tier add student --price 10",
        "tier edit student --price 12",
        "tier list",
        "settings show",
        "settings edit --grace-days 3",
        "key show",
        "check",
        "check HEAD~1..HEAD",
        "status",
        "log",
        "log ada --files",
        "undo",
        "why ada",
        "why",
        "credential revoke T1",
        "member leave ada",
        "member return ada",
        "timespec test always",
    ] {
        let args: Vec<&str> = line.split(' ').collect();
        let said = world.space("door.git", &args);
        assert_eq!(said.code, Some(0), "{line}: {said:?}");
    }
}
