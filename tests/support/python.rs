//! A Python with packages of its own, for tests that need a real part written in it.

use std::{
    env,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{Mutex, PoisonError},
};

/// Tests run side by side, and one environment is made once.
static MAKING: Mutex<()> = Mutex::new(());

/// Returns a Python that has packages, making an environment of its own if need be.
///
/// Where that is impossible the test is skipped; continuous integration does not let it be.
#[expect(clippy::print_stderr, reason = "whoever runs the tests should know what was skipped")]
pub(crate) fn python(name: &str, packages: &[&str], import: &str) -> Option<PathBuf> {
    let _making = MAKING.lock().unwrap_or_else(PoisonError::into_inner);
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let python = home.join("bin/python");
    let works = || runs(Command::new(&python).args(["-c", &format!("import {import}")]));
    let install = ["-m", "pip", "install", "-q"];
    let ready = works()
        || runs(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&home))
            && runs(Command::new(&python).args(install).args(packages))
            && works();
    if !ready {
        assert!(env::var_os("CI").is_none(), "{import} could not be installed");
        eprintln!("skipped: {import} could not be installed");
    }
    ready.then_some(python)
}

fn runs(command: &mut Command) -> bool {
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    quiet.status().is_ok_and(|status| status.success())
}
