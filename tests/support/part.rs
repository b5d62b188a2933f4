//! External programs that a test needs and this machine may lack: one way to find them, and to
//! skip.

use std::{
    env,
    io::{self, Write as _},
    process::{Command, Stdio},
    thread,
};

/// Tells whether a program exists and works; if not, the test is skipped by [`missing`].
pub(crate) fn there(program: &str, arguments: &[&str]) -> bool {
    let works = works(Command::new(program).args(arguments));
    if !works {
        missing(program);
    }
    works
}

/// Reports that a part is missing, so that a test is skipped. Continuous integration can install
/// it, and does not allow the test to be skipped.
#[track_caller]
pub(crate) fn missing(part: &str) {
    let must = env::var_os("CI").is_some_and(|it| !it.is_empty() && it != "false");
    assert!(!must, "{part} is missing: install it, it is a part of the tests");
    skipped(&format!("{part} is missing"));
}

/// Reports that a test is skipped for a reason that no installation can remove.
pub(crate) fn skipped(why: &str) {
    let test = thread::current();
    let name = test.name().unwrap_or("a test");
    // The output of `eprintln` is hidden unless a test fails.
    let _ = writeln!(io::stderr(), "skipped {name}: {why}");
}

/// Tells whether a command succeeds; its output is not shown.
pub(crate) fn works(command: &mut Command) -> bool {
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    quiet.status().is_ok_and(|status| status.success())
}
