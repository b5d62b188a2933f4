//! The records with their history as one file for git, and back.

use std::path::Path;

use crate::store::{Store, StoreError, sync::git};

impl Store {
    /// Writes every branch, with its history, to a file for `git clone`.
    ///
    /// # Errors
    /// git failed with a message.
    pub fn bundle(&self, to: &Path) -> Result<(), StoreError> {
        let mut command = self.git_command();
        command.args(["bundle", "create", "--quiet"]).arg(to);
        // Where the other repository's own branch stands follows from its other branches.
        command.args(["--exclude=refs/remotes/*/HEAD", "--all"]);
        let output = command.output().map_err(crate::store::disk::io_at(Path::new("git")))?;
        if output.status.success() {
            return Ok(());
        }
        Err(self.git("bundle the records")(git2::Error::from_str(&git::why(&output))))
    }

    /// Makes a repository from such a file: its branches, and what is known of the other repository.
    ///
    /// # Errors
    /// git failed with a message, or the file has no space in it.
    pub fn restored(
        bundle: &Path,
        to: &Path,
        branch: &str,
        is_bare: bool,
    ) -> Result<Self, StoreError> {
        let from = bundle.to_string_lossy().into_owned();
        let options = ["--branch", branch];
        let store = match is_bare {
            true => Self::cloned(&from, to, &options)?,
            false => Self::cloned_with_files(&from, to, &options)?,
        };
        let run = |args: &[&str]| {
            let output = store.run_git(args)?;
            if output.status.success() {
                return Ok(());
            }
            Err(store.git("restore the branches")(git2::Error::from_str(&git::why(&output))))
        };
        run(&["remote", "remove", "origin"])?;
        let all = ["heads", "tags", "remotes"].map(|it| format!("+refs/{it}/*:refs/{it}/*"));
        let [heads, tags, remotes] = &all;
        run(&["fetch", "--quiet", "--update-head-ok", "--no-tags", &from, heads, tags, remotes])?;
        Ok(store)
    }

    /// Makes a bare repository from such a file that fetches from an address: a mirror.
    ///
    /// # Errors
    /// git failed with a message.
    pub fn mirrored(bundle: &Path, to: &Path, url: &str) -> Result<Self, StoreError> {
        let store = Self::cloned(&bundle.to_string_lossy(), to, &[])?;
        store.set_setting("remote.origin.url", url)?;
        Ok(store)
    }
}
