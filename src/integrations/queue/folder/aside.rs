//! A hidden folder beside the messages, for files that are on their way in or out.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// A folder of this process only. Those of processes that were killed are told apart by their number.
#[derive(Debug)]
pub(super) struct Aside {
    folder: PathBuf,
    prefix: &'static str,
    own: String,
}

impl Aside {
    /// Takes the folder of messages, and how names of hidden folders in it begin.
    pub(super) fn new(folder: PathBuf, prefix: &'static str) -> Self {
        Self { folder, prefix, own: format!("{prefix}{}", std::process::id()) }
    }

    /// Returns the folder, and creates it if necessary.
    pub(super) fn own(&self) -> io::Result<PathBuf> {
        let path = self.folder.join(&self.own);
        match fs::create_dir(&path) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
            _ => Ok(path),
        }
    }

    /// Does something with each file that an earlier process left behind, and removes their folders
    /// as far as they are empty then.
    pub(super) fn clear(&self, each: impl Fn(&Path, &str) -> io::Result<()>) -> io::Result<()> {
        for folder in fs::read_dir(&self.folder)? {
            let folder = folder?;
            let left = folder.file_name().to_str().is_some_and(|name| {
                name.strip_prefix(self.prefix).is_some_and(|pid| pid.parse::<u32>().is_ok())
            });
            if !left || !folder.file_type()?.is_dir() {
                continue;
            }
            for file in fs::read_dir(folder.path())? {
                let file = file?;
                if let Some(name) = file.file_name().to_str() {
                    each(&file.path(), name)?;
                }
            }
            // Another process may be using it.
            let _ = fs::remove_dir(folder.path());
        }
        Ok(())
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        // Whatever may still be in it is looked after by the next process.
        let _ = fs::remove_dir(self.folder.join(&self.own));
    }
}
