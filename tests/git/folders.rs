//! In which folders commands work, and with which kinds of repositories.

use super::support::{Said, World};

#[test]
fn any_folder_inside_works() {
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
    // The branch set in the configuration counts, not the one checked out here.
    let answer = world.space("draft", &["member", "add", "Bob", "--tier", "guest"]);
    answer.refused(&["draft", "main"]);
    world.space("makers", &["member", "add", "Bob", "--tier", "guest"]).good();
    assert_eq!(world.members("makers"), ["Ada", "Bob"]);
}

#[test]
fn the_variables_that_git_sets_for_its_hooks_do_no_harm() {
    let world = World::with_space();
    world.space(".", &["init", "other", "--name", "Other"]).good();
    let git_dir = world.path("other/.git");
    let mut command =
        world.command("space", "makers", &["member", "add", "Ada", "--tier", "guest"]);
    Said::of(command.env("GIT_DIR", &git_dir)).good();
    assert_eq!(world.members("makers"), ["Ada"]);
    assert!(world.members("other").is_empty());
}

/// Every command, in an order in which each has something to do.
const LINES: &[(Kind, &str)] = &[
    (Kind::Writes, "member add Ada --paid-until 2026-04-01"),
    (Kind::Writes, "member edit ada --email ada@example.org"),
    (Kind::Reads, "member show ada --contact"),
    (Kind::Reads, "member list"),
    (Kind::Writes, "member suspend ada --reason test"),
    (Kind::Writes, "member resume ada"),
    (Kind::Writes, "credential add --member ada --fob 15408774 --tag T1"),
    (Kind::Reads, "credential list"),
    (Kind::Reads, "credential show T1"),
    (Kind::Writes, "credential replace --member ada --tag T1 --fob 4711"),
    (Kind::Reads, "door try --facility frontdoor --fob 4711"),
    (Kind::Writes, "facility add workshop"),
    (Kind::Writes, "facility edit workshop --name Workshop"),
    (Kind::Reads, "facility show workshop"),
    (Kind::Reads, "facility list"),
    (Kind::Writes, "requirement add workshop always --tag R1"),
    (Kind::Writes, "requirement set R1 --priority 2"),
    (Kind::Reads, "requirement list"),
    (Kind::Reads, "requirement show R1"),
    (Kind::Reads, "requirement preview"),
    (Kind::Writes, "requirement revoke R1"),
    (Kind::Writes, "induction add ada health-and-safety"),
    (Kind::Reads, "induction list"),
    (Kind::Writes, "induction revoke ada health-and-safety"),
    (Kind::Writes, "tier add student --price 10"),
    (Kind::Writes, "tier edit student --price 12"),
    (Kind::Reads, "tier list"),
    (Kind::Reads, "settings show"),
    (Kind::Writes, "settings edit --grace-days 3"),
    (Kind::Reads, "key show"),
    (Kind::Reads, "check"),
    (Kind::Reads, "check HEAD~1..HEAD"),
    (Kind::Reads, "status"),
    (Kind::Reads, "log"),
    (Kind::Reads, "log ada --files"),
    (Kind::Writes, "undo --yes"),
    (Kind::Reads, "why ada"),
    (Kind::Reads, "why"),
    (Kind::Reads, "activity list"),
    (Kind::Writes, "credential revoke T1"),
    (Kind::Writes, "member leave ada"),
    (Kind::Writes, "member return ada"),
    (Kind::Reads, "timespec test always"),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Reads,
    Writes,
}

#[test]
fn a_bare_repository_works_for_every_command() {
    let world = World::new();
    world.space(".", &["init", "--bare", "door.git", "--name", "Makers"]).good();
    for (_, line) in LINES {
        let args: Vec<&str> = line.split(' ').collect();
        let answer = world.space("door.git", &args);
        assert_eq!(answer.code, Some(0), "{line}: {answer:?}");
    }
}

#[test]
fn every_command_that_writes_can_be_rehearsed_and_every_one_answers_in_json() {
    let world = World::with_space();
    let head = || world.git("makers", &["rev-parse", "HEAD"]).good().out;
    for (kind, line) in LINES {
        let args: Vec<&str> = line.split(' ').collect();
        let json = |more: &[&str]| -> serde_json::Value {
            let answer = world.space("makers", &[&args, more].concat()).good();
            serde_json::from_str(&answer.out).unwrap_or_else(|error| panic!("{line}: {error}"))
        };
        let before = head();
        if *kind == Kind::Writes {
            let answer = world.space("makers", &[&args[..], &["--dry-run"]].concat()).good();
            assert!(answer.out.starts_with("would commit: "), "{line}: {answer:?}");
            assert_eq!(json(&["--dry-run", "--json"])["dry_run"], true, "{line}");
            assert_eq!(head(), before, "{line}");
        }
        let answer = json(&["--json"]);
        if *kind == Kind::Writes {
            assert_eq!(answer["commit"].as_str(), Some(head().trim()), "{line}");
            assert_ne!(head(), before, "{line}");
        } else {
            assert_eq!(head(), before, "{line}");
        }
        assert_eq!(world.git("makers", &["status", "--porcelain"]).good().out, "", "{line}");
    }
}

#[test]
fn the_author_is_who_git_says() {
    let world = World::with_space();
    let author = || world.git("makers", &["log", "-1", "--format=%an <%ae>"]).good().out;
    world.space("makers", &["member", "add", "Ada", "--tier", "guest"]).good();
    assert_eq!(author(), "Grace Hopper <grace@example.org>\n");
    world.git("makers", &["config", "user.name", "Desk"]).good();
    world.space("makers", &["member", "add", "Bob", "--tier", "guest"]).good();
    assert_eq!(author(), "Desk <grace@example.org>\n");
    let mut given = world.command("space", "makers", &["undo", "--yes"]);
    Said::of(given.env("GIT_AUTHOR_NAME", "Vic").env("GIT_AUTHOR_EMAIL", "vic@example.org")).good();
    assert_eq!(author(), "Vic <vic@example.org>\n");
    world.git("makers", &["config", "user.name", " "]).good();
    let nobody = world.space("makers", &["member", "edit", "ada", "--name", "Ada King"]);
    nobody.refused(&["git does not know your name", "git config --global user.name"]);
}
