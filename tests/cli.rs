//! Runs the sessions in `tests/cli/`: each reads like a page of the manual.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::path::Path;

#[test]
fn the_sessions_go_as_they_are_written() {
    let home = tempfile::tempdir().unwrap();
    let git = Path::new(home.path()).join("gitconfig");
    std::fs::write(
        &git,
        "[user]\n\tname = Grace Hopper\n\temail = grace@example.org\n[init]\n\tdefaultBranch = main\n",
    )
    .unwrap();
    trycmd::TestCases::new()
        .env("HOME", home.path().display().to_string())
        .env("XDG_CONFIG_HOME", home.path().display().to_string())
        .env("GIT_CONFIG_GLOBAL", git.display().to_string())
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("SPACE_NOW", "2026-03-02T18:00:00Z")
        .env("TZ", "UTC")
        .env("NO_COLOR", "1")
        .env("COLUMNS", "100")
        .register_bin("git", Path::new("git"))
        .case("tests/cli/*.md")
        .run();
}
