//! Examines as the user who owns the space: root may read what the door cannot.

use std::process::ExitCode;

#[cfg(unix)]
use std::{
    os::unix::fs::MetadataExt as _,
    path::{Path, PathBuf},
};

#[cfg(unix)]
use nix::unistd::{Uid, User};

#[cfg(unix)]
use crate::cli::{Context, as_user, output::command};

/// How whoever asked gives a command as the owner; set for the process that examines as the owner.
const SPOKEN: &str = "SPACE_OWNERS_COMMANDS";

/// Runs the same command as the owner of the space, if this is root and that is somebody else; returns
/// how it ended.
///
/// `None` means that this process has to examine by itself: nothing else is to be done, or there is no
/// `setpriv` that could.
#[cfg(unix)]
pub(super) fn run(ctx: &Context) -> Option<ExitCode> {
    if !Uid::effective().is_root() {
        if let Ok(spoken) = std::env::var(SPOKEN) {
            command::speak_for(spoken);
        }
        return None;
    }
    let folder = ctx.repo.clone().unwrap_or_else(|| PathBuf::from("."));
    let owner = owner(&folder).filter(|(user, _)| *user != 0)?;
    let program = std::env::current_exe().ok()?;
    let [user, group] = [owner.0, owner.1].map(|it| it.to_string());
    let mut examine = as_user::command(&user, &group, &folder, program);
    if !command::names_folder() {
        // The owner may not be able to read what says where the space is, nor where this was typed.
        examine.arg("-C").arg(folder.canonicalize().ok()?);
    }
    let name = User::from_uid(Uid::from_raw(owner.0)).ok().flatten();
    let name = name.map_or_else(|| format!("#{}", owner.0), |it| it.name);
    // Who is root without sudo may lack it.
    let spoken = match std::env::var_os("SUDO_USER") {
        Some(_) => format!("sudo -u {name}"),
        None => format!("runuser -u {name} --"),
    };
    examine.env(SPOKEN, spoken);
    let code = examine.args(std::env::args_os().skip(1)).status().ok()?.code()?;
    // `doctor` itself ends with none of these.
    (!as_user::FAILED.contains(&code)).then(|| ExitCode::from(u8::try_from(code).unwrap_or(70)))
}

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
