//! Finds out who may write a file, or put another in its place.

use std::{fs::Metadata, path::Path};

/// Says which folders on the way to a path somebody else may write than root and one other user.
pub(super) fn folders(path: &Path, owner: u32) -> impl Iterator<Item = String> {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    // Links on the way lead to other folders, which count as well.
    let real = path.canonicalize().ok();
    let all = path.ancestors().chain(real.iter().flat_map(|it| it.ancestors()));
    let mut found: Vec<String> = all
        .filter(|it| !it.as_os_str().is_empty()) // above a relative path
        .filter_map(|folder| {
            let metadata = folder.metadata().ok()?;
            let why = complain(&metadata, owner)?;
            Some(format!("{} {why}", folder.display()))
        })
        .collect();
    found.dedup();
    found.into_iter()
}

/// Says who may write a file or folder besides root and one other user; `None` if nobody may.
#[cfg(unix)]
pub(super) fn complain(metadata: &Metadata, owner: u32) -> Option<String> {
    use std::os::unix::fs::MetadataExt as _;
    let uid = metadata.uid();
    if uid != 0 && uid != owner {
        return Some(format!("belongs to user {uid}: chown it to root"));
    }
    (metadata.mode() & 0o022 != 0)
        .then(|| "can be written by others than its owner: chmod go-w".to_owned())
}

/// Says nothing: other systems have no such permissions, and no pins either.
#[cfg(not(unix))]
pub(super) fn complain(_: &Metadata, _: u32) -> Option<String> {
    None
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::{
        fs,
        os::unix::fs::{MetadataExt as _, PermissionsExt as _},
    };

    use super::*;

    #[test]
    fn who_may_write_a_folder_on_the_way_is_told() {
        let dir = tempfile::tempdir().unwrap();
        let inner = dir.path().join("etc/space");
        fs::create_dir_all(&inner).unwrap();
        let owner = fs::metadata(&inner).unwrap().uid();
        let set = |mode| fs::set_permissions(&inner, fs::Permissions::from_mode(mode)).unwrap();
        let complaints = || {
            let all = folders(&inner, owner);
            all.filter(|it| it.contains("etc/space")).collect::<Vec<_>>()
        };
        set(0o755);
        assert_eq!(complaints(), [""; 0]);
        for mode in [0o777, 0o775, 0o757] {
            set(mode);
            let found = complaints();
            assert!(found.len() == 1 && found[0].contains("can be written by others"), "{found:?}");
        }
        let metadata = fs::metadata(&inner).unwrap();
        let stranger = complain(&metadata, owner + 1);
        assert_eq!(stranger.is_some_and(|it| it.contains("belongs to")), owner != 0);
    }
}
