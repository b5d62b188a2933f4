//! What a machine has of its own: its configuration, and what lets it into other machines.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

use crate::config;

/// The largest file that is taken for configuration, in bytes.
const LARGEST: u64 = 1024 * 1024;

/// The files of this machine's own.
#[derive(Debug, Default)]
pub(super) struct Files {
    /// Those that can be read.
    pub(super) found: BTreeSet<PathBuf>,
    /// Those that cannot, and why.
    pub(super) unreadable: Vec<String>,
}

/// Finds the configuration, with the passwords beside it, and the keys that a mirror is fetched with.
pub(super) fn files(mirror: Option<&Path>) -> Files {
    let mut files = Files::default();
    for path in config::files() {
        files.look(&std::path::absolute(&path).unwrap_or(path));
    }
    files.folder(Path::new(config::FOLDER));
    if let Some(home) = mirror.and_then(Path::parent) {
        files.folder(&home.join(".ssh"));
    }
    files
}

impl Files {
    fn folder(&mut self, folder: &Path) {
        match fs::read_dir(folder) {
            Ok(entries) => entries.flatten().for_each(|entry| self.look(&entry.path())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => self.unreadable.push(format!("{}: {error}", folder.display())),
        }
    }

    fn look(&mut self, path: &Path) {
        let opened = fs::File::open(path).and_then(|file| file.metadata());
        match opened {
            Ok(found) if !found.is_file() => {}
            Ok(found) if found.len() > LARGEST => {
                self.unreadable.push(format!("{}: it is too large", path.display()));
            }
            Ok(_) => drop(self.found.insert(path.to_owned())),
            Err(error) => self.unreadable.push(format!("{}: {error}", path.display())),
        }
    }
}
