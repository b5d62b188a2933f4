//! Keeps the files in `completions/` what `space completions` prints.
//!
//! `REWRITE=1 cargo test --test completions` writes them anew.

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
        assert!(kept == output.stdout, "{path} is out of date; `just completions` writes it anew");
    }
}
