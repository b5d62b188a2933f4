//! Whose files are, by name: numbers differ between machines.

use std::{fs, io, path::Path};

/// Returns the names of the user and group of a file; empty where there is none.
pub(super) fn of(path: &Path) -> [String; 2] {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;

        use nix::unistd::{Gid, Group, Uid, User};
        let Ok(found) = fs::symlink_metadata(path) else { return Default::default() };
        let user = User::from_uid(Uid::from_raw(found.uid())).ok().flatten();
        let group = Group::from_gid(Gid::from_raw(found.gid())).ok().flatten();
        [user.map(|it| it.name), group.map(|it| it.name)].map(Option::unwrap_or_default)
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        Default::default()
    }
}

/// Gives a file, or a folder with all that is in it, to a user and group, if root does this and both
/// are known here. Everybody else keeps what they make.
///
/// # Errors
/// It cannot be given away.
pub(super) fn give(path: &Path, owner: &[String; 2]) -> io::Result<()> {
    #[cfg(unix)]
    {
        use nix::unistd::{Group, Uid, User};
        if !Uid::effective().is_root() {
            return Ok(());
        }
        let [user, group] = owner;
        let user = User::from_name(user).ok().flatten().map(|it| it.uid.as_raw());
        let group = Group::from_name(group).ok().flatten().map(|it| it.gid.as_raw());
        give_all(path, user, group)
    }
    #[cfg(not(unix))]
    {
        let _ = (path, owner);
        Ok(())
    }
}

#[cfg(unix)]
fn give_all(path: &Path, user: Option<u32>, group: Option<u32>) -> io::Result<()> {
    std::os::unix::fs::lchown(path, user, group)?;
    if fs::symlink_metadata(path)?.is_dir() {
        for entry in fs::read_dir(path)? {
            give_all(&entry?.path(), user, group)?;
        }
    }
    Ok(())
}

/// Tells whether there is such a user on this machine; without a name, nobody is looked for.
pub(super) fn is_known(owner: &[String; 2]) -> bool {
    #[cfg(unix)]
    {
        owner[0].is_empty() || nix::unistd::User::from_name(&owner[0]).ok().flatten().is_some()
    }
    #[cfg(not(unix))]
    {
        let _ = owner;
        true
    }
}
