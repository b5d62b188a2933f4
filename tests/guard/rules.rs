//! The rules of the guard can move to a microcontroller as they are.

use std::{fs, path::Path, process::Command};

use crate::part;

#[test]
fn they_compile_without_a_library_without_an_allocator_and_without_unsafe_code() {
    if !part::there("rustc", &["--version"]) {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("firmware.rs");
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/domain/guard/mod.rs");
    let text = format!(
        "#![no_std]\n#![forbid(unsafe_code)]\n#![deny(warnings)]\n#[path = {:?}]\npub mod guard;\n",
        rules.display().to_string()
    );
    fs::write(&root, text).unwrap();
    let mut rustc = Command::new("rustc");
    rustc.args(["--edition", "2024", "--crate-type", "lib", "--emit", "metadata", "-o"]);
    let done = rustc.arg(dir.path().join("firmware")).arg(&root).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}
