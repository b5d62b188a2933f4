//! Examines as the user who owns the space: root may read what the door cannot.

use std::process::ExitCode;

#[cfg(unix)]
use std::{
    os::unix::fs::MetadataExt as _,
    path::{Path, PathBuf},
    process::Command,
};

#[cfg(unix)]
use crate::cli::Context;

/// Runs the same command as the owner of the space, if this is root and that is somebody else; returns
/// how it ended.
///
/// `None` means that this process has to examine by itself: nothing else is to be done, or there is no
/// `setpriv` that could.
#[cfg(unix)]
pub(super) fn run(ctx: &Context) -> Option<ExitCode> {
    if !rustix::process::geteuid().is_root() {
        return None;
    }
    let folder = ctx.repo.clone().unwrap_or_else(|| PathBuf::from("."));
    let owner = owner(&folder).filter(|(user, _)| *user != 0)?;
    let program = std::env::current_exe().ok()?;
    let status = Command::new("setpriv")
        .args([format!("--reuid={}", owner.0), format!("--regid={}", owner.1)])
        .args(["--init-groups", "--"])
        .arg(program)
        .args(std::env::args_os().skip(1))
        .env("HOME", folder)
        .status();
    let code = status.ok()?.code()?;
    (!SETPRIV_FAILED.contains(&code)).then(|| ExitCode::from(u8::try_from(code).unwrap_or(70)))
}

/// The exit codes of `setpriv` where it cannot become the other user or start the program; `doctor` ends
/// with none of them.
#[cfg(unix)]
const SETPRIV_FAILED: [i32; 3] = [1, 126, 127];

/// Returns the user and the group that the repository of a folder belongs to.
#[cfg(unix)]
fn owner(folder: &Path) -> Option<(u32, u32)> {
    let own = [folder.join(".git"), folder.to_owned()];
    let found = own.iter().find_map(|dir| std::fs::metadata(dir).ok())?;
    Some((found.uid(), found.gid()))
}

/// On other systems there is no such user.
#[cfg(not(unix))]
pub(super) fn run(_: &crate::cli::Context) -> Option<ExitCode> {
    None
}
