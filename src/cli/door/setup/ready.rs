//! Whether the machine is one that can be set up: root, the package, and the programs.

use std::process::Command;

use nix::unistd::{Uid, User};

use super::{place, remote};
use crate::cli::CliError;

/// Refuses to begin what cannot be finished.
///
/// # Errors
/// Fails if this is not root, or if the package is not installed.
pub(super) fn check() -> Result<(), CliError> {
    if !Uid::effective().is_root() {
        return Err(CliError::user("only root can set a machine up").hint(
            "run `sudo space door setup`; `space door setup --dry-run` only shows what it would do",
        ));
    }
    for user in [place::FETCHER, place::OPENER] {
        if User::from_name(user).ok().flatten().is_none() {
            return Err(CliError::user(format!("there is no user {user} on this machine")).hint(
                "install the Debian package, which makes it: `sudo apt install ./space_*.deb`; \
                 `space door service --help` says what to do without the package",
            ));
        }
    }
    there("setpriv", "util-linux")?;
    there("git", "git")
}

/// Refuses a remote that this machine has no program for.
///
/// # Errors
/// Fails if ssh is needed and missing.
pub(super) fn check_remote(url: &str) -> Result<(), CliError> {
    if remote::uses_ssh(url) { there("ssh", "openssh-client") } else { Ok(()) }
}

fn there(program: &str, package: &str) -> Result<(), CliError> {
    let option = if program == "ssh" { "-V" } else { "--version" };
    if Command::new(program).arg(option).output().is_ok() {
        return Ok(());
    }
    Err(CliError::user(format!("the program {program} is missing"))
        .hint(format!("`sudo apt install {package}`")))
}
