//! All files of a machine, to tell what came and went.

use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::MetadataExt as _,
    path::{Path, PathBuf},
};

/// What apt and dpkg keep about every package (logs, caches, lists), and what a reboot removes.
const NOTED: [&str; 9] = [
    "proc",
    "run",
    "tmp",
    "var/cache/apt",
    "var/cache/ldconfig",
    "var/lib/apt",
    "var/lib/dpkg/status",
    "var/lib/dpkg/status-old",
    "var/log",
];

/// Lists a machine's files, each with its kind, mode, owner and, where it is small, its text.
pub(crate) fn all(root: &Path) -> BTreeMap<PathBuf, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(root).unwrap().to_owned();
            if NOTED.iter().any(|noted| Path::new(noted) == name) || is_backup(&name) {
                continue;
            }
            found.insert(name, look(&path));
            if path.is_dir() && !path.is_symlink() {
                folders.push(path);
            }
        }
    }
    found
}

/// Tells whether a file is what the list of users was before its last change.
fn is_backup(name: &Path) -> bool {
    name.parent() == Some(Path::new("etc")) && name.to_str().is_some_and(|it| it.ends_with('-'))
}

fn look(path: &Path) -> String {
    let meta = path.symlink_metadata().unwrap();
    let what = if meta.is_symlink() {
        fs::read_link(path).unwrap().display().to_string()
    } else if meta.is_file() && meta.len() < 64 * 1024 {
        String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned()
    } else if meta.is_file() {
        format!("{} bytes", meta.len())
    } else {
        String::new()
    };
    format!("{:o} {}:{} {what}", meta.mode(), meta.uid(), meta.gid())
}
