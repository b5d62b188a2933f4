//! The package itself, made once for all tests.

use std::{
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};

use crate::part;

/// Where the package takes the manual pages from.
const PAGES: &str = "target/man";

/// Makes the package; without cargo-deb the test is skipped.
#[track_caller]
pub(crate) fn package() -> Option<PathBuf> {
    static MADE: OnceLock<()> = OnceLock::new();
    if !part::works(Command::new("cargo").args(["deb", "--version"])) {
        part::missing("cargo-deb");
        return None;
    }
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("package");
    MADE.get_or_init(|| {
        let _ = fs::remove_dir_all(&dir); // there may be none yet
        make(&dir);
    });
    Some(dir.join("space.deb"))
}

/// Does what `just package` does, after the program is built.
fn make(dir: &Path) {
    let _ = fs::remove_dir_all(PAGES); // there may be none yet
    ours(&["man", "--to", PAGES]);
    write_copyright();
    // cargo-deb packs what it finds under this name, whatever the profile of the tests.
    let release = dir.join("built/release");
    fs::create_dir_all(&release).unwrap();
    symlink(env!("CARGO_BIN_EXE_space"), release.join("space")).unwrap();
    symlink(env!("CARGO_BIN_EXE_space-guard"), release.join("space-guard")).unwrap();
    let mut deb = Command::new("cargo");
    deb.args(["deb", "--no-build", "--locked", "--offline", "--fast", "--strip", "--quiet"]);
    run(deb.arg("--output").arg(dir.join("space.deb")).env("CARGO_TARGET_DIR", dir.join("built")));
}

/// Writes whose code is in the program.
fn write_copyright() {
    let text = run(Command::new("debian/print-copyright").env("CARGO_NET_OFFLINE", "true"));
    fs::write("target/copyright", text).unwrap();
}

/// Runs the program that is packed.
pub(crate) fn ours(args: &[&str]) {
    run(Command::new(env!("CARGO_BIN_EXE_space")).args(args));
}

/// Runs a command that has to succeed, and returns what it printed.
#[track_caller]
pub(crate) fn run(command: &mut Command) -> String {
    let done = command.output().unwrap();
    let stderr = String::from_utf8_lossy(&done.stderr);
    let text = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(done.status.success(), "{command:?}\n{text}{stderr}");
    text
}
