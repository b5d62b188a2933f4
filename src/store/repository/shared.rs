//! The permissions of what is written into a repository that several users share
//! (`core.sharedRepository`): those that git itself would give.

use std::{io, path::Path};

use super::shared_mode::SharedMode;
use crate::store::Store;

impl Store {
    /// Gives a file or a folder the permissions that git would give it here.
    pub(in crate::store) fn share(&self, path: &Path) -> io::Result<()> {
        let tweak = *self.shared_mode.get_or_init(|| {
            let set = self.setting("core.sharedrepository").unwrap_or_default();
            SharedMode::of(&set.to_ascii_lowercase())
        });
        match tweak {
            Some(tweak) => apply(path, tweak),
            None => Ok(()),
        }
    }
}

#[cfg(unix)]
fn apply(path: &Path, tweak: SharedMode) -> io::Result<()> {
    use std::{
        fs,
        os::unix::fs::{MetadataExt as _, PermissionsExt as _},
    };
    let known = fs::symlink_metadata(path)?;
    let now = known.mode() & 0o7777;
    let wanted = tweak.applied(now, known.is_dir());
    if wanted == now {
        return Ok(());
    }
    match fs::set_permissions(path, fs::Permissions::from_mode(wanted)) {
        // It belongs to another user, who has seen to it.
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Ok(()),
        done => done,
    }
}

#[cfg(not(unix))]
fn apply(_: &Path, _: SharedMode) -> io::Result<()> {
    Ok(())
}
