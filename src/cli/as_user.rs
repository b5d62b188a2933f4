//! Commands in the name of another user of this machine, which only root can give.

use std::{ffi::OsStr, path::Path, process::Command};

/// The exit codes of `setpriv` where it cannot become the other user or start the program.
pub(super) const FAILED: [i32; 3] = [1, 126, 127];

/// Returns a command that runs a program as a user with their groups, at home. User and group are names
/// or numbers. The program gets a signal to end if this process dies before it.
pub(super) fn command(user: &str, group: &str, home: &Path, program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new("setpriv");
    command
        .args([format!("--reuid={user}"), format!("--regid={group}")])
        .args(["--init-groups", "--pdeathsig=TERM", "--"])
        .arg(program)
        .env("HOME", home);
    command
}
