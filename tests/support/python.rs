//! A Python with packages, for tests that need an external program written in it.

use std::{
    path::{Path, PathBuf},
    process::Command,
    sync::{Mutex, PoisonError},
};

use crate::part::{missing, works};

/// Tests run in parallel, and each environment is made once.
static MAKING: Mutex<()> = Mutex::new(());

/// Returns a Python that has the packages, making an environment if necessary; if that is
/// impossible, the test is skipped.
pub(crate) fn python(name: &str, packages: &[&str], import: &str) -> Option<PathBuf> {
    let _making = MAKING.lock().unwrap_or_else(PoisonError::into_inner);
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let python = home.join("bin/python");
    let ready = || works(Command::new(&python).args(["-c", &format!("import {import}")]));
    let install = ["-m", "pip", "install", "-q"];
    let made = ready()
        || works(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&home))
            && works(Command::new(&python).args(install).args(packages))
            && ready();
    if !made {
        missing(&format!("a python3 with {import}"));
    }
    made.then_some(python)
}
