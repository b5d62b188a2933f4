//! What a push may not do to the history, whoever pushes.

use super::support::{Said, World};

/// A shared repository, and Ada's clone of it with the key; Ada is a member already.
pub(crate) fn shared() -> World {
    let world = World::new();
    world.space(".", &["init", "--bare", "shared.git", "--name", "Makers", "--zone", "UTC"]).good();
    world.git(".", &["clone", "-q", "shared.git", "ada"]).good();
    let key = world.space("shared.git", &["key", "export"]).good().out;
    world.write("the.key", key);
    world.space("ada", &["key", "import", "../the.key"]).good();
    world.space("ada", &["member", "add", "Ada", "--tier", "guest"]).good();
    world.git("ada", &["push", "-q", "origin", "main"]).good();
    world
}

fn head(world: &World, at: &str) -> String {
    world.git(at, &["rev-parse", "main"]).good().out
}

#[test]
fn a_rewritten_history_is_refused() {
    let world = shared();
    let before = head(&world, "shared.git");
    world.git("ada", &["commit", "-q", "--amend", "-m", "rewritten", "--no-verify"]).good();
    world.git("ada", &["push", "-f", "origin", "main"]).refused(&[
        "[rewritten-history]",
        "does not descend from it",
        "nothing was accepted",
    ]);
    // Nor may what was there be taken away.
    world.git("ada", &["reset", "-q", "--hard", "HEAD~1"]).good();
    world.git("ada", &["push", "-f", "origin", "main"]).refused(&["[rewritten-history]"]);
    world.git("ada", &["push", "-f", "origin", ":main"]).refused(&["[deleted-branch]"]);
    assert_eq!(head(&world, "shared.git"), before);
    // Other branches are a draft's.
    world.git("ada", &["push", "-q", "-f", "origin", "main:draft"]).good();
}

#[test]
fn a_history_that_begins_anew_is_refused_even_as_a_part_of_a_merge() {
    let world = shared();
    world.git("ada", &["checkout", "-q", "--orphan", "anew"]).good();
    world.git("ada", &["commit", "-q", "--no-verify", "-m", "anew"]).good();
    world.git("ada", &["push", "-f", "origin", "anew:main"]).refused(&["[orphan-root]"]);
    world.git("ada", &["switch", "-q", "main"]).good();
    let merge = ["merge", "-q", "--no-verify", "--allow-unrelated-histories", "-m", "m", "anew"];
    world.git("ada", &merge).good();
    world.git("ada", &["push", "origin", "main"]).refused(&["[orphan-root]", "has no parent"]);
}

#[test]
fn a_commit_from_the_future_is_refused_and_one_from_before_its_parent_is_told() {
    let world = shared();
    let commit = |at: &str| {
        world.write("ada/notes.md", at);
        world.git("ada", &["add", "notes.md"]).good();
        let mut commit = world.command("git", "ada", &["commit", "-q", "-m", "notes"]);
        Said::of(commit.env("GIT_AUTHOR_DATE", at).env("GIT_COMMITTER_DATE", at)).good();
    };
    commit("2026-03-02T18:05:01Z");
    world.git("ada", &["push", "origin", "main"]).refused(&["[future-commit]", "18:05:01Z"]);
    world.space("ada", &["check", "origin/main..main"]).refused(&["[future-commit]"]);
    // One more on top with the right date changes nothing about that.
    commit("2026-03-02T18:00:00Z");
    world.git("ada", &["push", "origin", "main"]).refused(&["[future-commit]"]);
    world.git("ada", &["rebase", "-q", "--force-rebase", "origin/main"]).good();
    world.git("ada", &["push", "-q", "origin", "main"]).good();
    commit("2026-03-02T12:00:00Z");
    world.git("ada", &["push", "origin", "main"]).good().says(&["[backdated-commit]"]);
}

#[test]
fn a_change_on_top_of_a_commit_from_the_future_says_which_date_is_wrong() {
    let world = shared();
    let mut amend = world.command("git", "ada", &["commit", "-q", "--amend", "--no-edit"]);
    Said::of(amend.env("GIT_COMMITTER_DATE", "2031-01-01T00:00:00Z")).good();
    let added = world.space("ada", &["member", "add", "Bob", "--tier", "guest"]).good();
    added.says(&["[future-commit]", "2031-01-01"]);
}
