//! Keeps the files in `completions/` identical to the output of `space completions`.
//!
//! `REWRITE=1 cargo test --test completions` rewrites them.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::{fs, process::Command};

#[test]
fn the_completions_are_current() {
    for (shell, file) in [("bash", "space.bash"), ("fish", "space.fish"), ("zsh", "_space")] {
        let output = Command::new(env!("CARGO_BIN_EXE_space"))
            .args(["completions", shell])
            .output()
            .expect("the program was built for this test");
        assert!(output.status.success(), "{shell}: {}", String::from_utf8_lossy(&output.stderr));
        let path = format!("completions/{file}");
        if std::env::var_os("REWRITE").is_some() {
            fs::create_dir_all("completions").unwrap();
            fs::write(&path, &output.stdout).unwrap();
        }
        let kept = fs::read(&path).unwrap_or_default();
        assert!(kept == output.stdout, "{path} is out of date; `just completions` rewrites it");
    }
}

/// Asks like a shell, with the last word still being typed.
fn completed(shell: &str, dir: &std::path::Path, line: &[&str]) -> Vec<String> {
    let output = Command::new(env!("CARGO_BIN_EXE_space"))
        .arg("--")
        .args(line)
        .current_dir(dir)
        .env_remove("SPACE_REPO")
        .envs([("COMPLETE", shell), ("_CLAP_IFS", "\n"), ("_CLAP_COMPLETE_SPACE", "false")])
        .env("_CLAP_COMPLETE_COMP_TYPE", "9")
        .env("_CLAP_COMPLETE_INDEX", (line.len() - 1).to_string())
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(ToOwned::to_owned).collect()
}

#[test]
fn names_and_tags_are_completed_from_the_records() {
    let dir = tempfile::tempdir().unwrap();
    let settings = "[user]\n\tname = Grace\n\temail = grace@example.org\n";
    fs::write(dir.path().join(".gitconfig"), settings).unwrap();
    let space = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_space"));
        let done = command.args(args).current_dir(dir.path()).env("HOME", dir.path()).output();
        assert!(done.unwrap().status.success(), "{args:?}");
    };
    space(&["init", "makers", "--name", "Makers"]);
    for name in ["Ada Lovelace", "Adam Smith", "Bob O'Noyce"] {
        space(&["-C", "makers", "member", "add", name, "--tier", "guest"]);
    }
    let add = ["-C", "makers", "credential", "add", "--member", "1", "--fob", "1", "--tag", "T1"];
    space(&add);
    let makers = dir.path().join("makers");
    for (line, expected) in [
        (&["member", "show", "ad"][..], &["Ada\\ Lovelace", "Adam\\ Smith"][..]),
        (&["member", "show", "smi"], &["Adam\\ Smith"]),
        (&["member", "show", "Ada\\ Lo"], &["Ada\\ Lovelace"]),
        (&["member", "show", "b"], &["Bob\\ O\\'Noyce"]),
        (&["member", "show", "0003"], &["0003"]),
        (&["facility", "show", "fr"], &["frontdoor"]),
        (&["why", "ada", "la"], &["laser"]),
        (&["member", "add", "--tier", "g"], &["guest"]),
        (&["credential", "revoke", "T"], &["T1"]),
        (&["requirement", "set", "las"], &["laser-always"]),
        (&["membe"], &["member"]),
        (&["member", "sus"], &["suspend"]),
    ] {
        let line = [&["space"], line].concat();
        assert_eq!(completed("bash", &makers, &line), expected, "{line:?}");
    }
    let elsewhere = ["space", "-C", "makers", "member", "show", "ada l"];
    assert_eq!(completed("bash", dir.path(), &elsewhere), ["Ada\\ Lovelace"]);
    let zsh = completed("zsh", &makers, &["space", "member", "show", "ada l"]);
    assert_eq!(zsh, ["Ada Lovelace:0001"]);
    assert!(completed("bash", dir.path(), &["space", "member", "show", "a"]).is_empty());
}
