//! Checks that everything in the repository belongs to its owner: what root has written there by accident
//! stops the door from keeping up.

use super::diagnosis::Diagnosis;
use crate::store::Store;

/// Looks for files of somebody else.
#[cfg(unix)]
pub(super) fn examine(store: &Store) -> Vec<Diagnosis> {
    use std::os::unix::fs::MetadataExt as _;

    use nix::unistd::{Gid, Group, Uid, User};

    use crate::{app::view::counted, cli::output::command::word};

    let dir = store.dir().parent().unwrap_or(store.dir());
    let dir = dir.canonicalize().unwrap_or_else(|_| dir.to_owned());
    let Ok(own) = std::fs::metadata(&dir) else { return Vec::new() };
    let strangers = strangers(&dir, own.uid());
    let Some(first) = strangers.first() else {
        return vec![Diagnosis::ok("owner", "everything in the repository belongs to one user")];
    };
    let user = User::from_uid(Uid::from_raw(own.uid())).ok().flatten();
    let user = user.map_or_else(|| own.uid().to_string(), |it| it.name);
    let group = Group::from_gid(Gid::from_raw(own.gid())).ok().flatten();
    let group = group.map_or_else(|| own.gid().to_string(), |it| it.name);
    let count = counted(strangers.len() as u64, "file");
    let found = format!("{count} in the repository of {user} of another user: {}", first.display());
    let mend = format!("`chown -R {user}:{group} {}`", word(&dir.display().to_string()));
    let advice = format!("as root: {mend}; then work there as {user} only");
    vec![Diagnosis::error("owner", found, advice)]
}

/// Lists what belongs to another user.
#[cfg(unix)]
fn strangers(dir: &std::path::Path, owner: u32) -> Vec<std::path::PathBuf> {
    use std::os::unix::fs::MetadataExt as _;
    let (mut found, mut folders) = (Vec::new(), vec![dir.to_owned()]);
    while let Some(folder) = folders.pop() {
        // What cannot be looked into is itself somebody else's.
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let Ok(it) = entry.metadata() else { continue };
            if it.uid() != owner {
                found.push(entry.path());
            } else if it.is_dir() {
                folders.push(entry.path());
            }
        }
    }
    found.sort();
    found
}

/// On other systems files have no such owners.
#[cfg(not(unix))]
pub(super) fn examine(_: &Store) -> Vec<Diagnosis> {
    Vec::new()
}
