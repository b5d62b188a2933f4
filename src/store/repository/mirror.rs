//! A mirror: a copy of the shared repository on this machine, which another user fetches into.
//!
//! A door's clone takes its commits from there, so the door's own user needs no network, and the
//! user who has one cannot reach the door's clone. The mirror is not trusted: git copies what is in
//! it, never links to it, and checks it like anything that comes from outside.

use std::{
    fs,
    path::{Path, PathBuf},
};

use git2::{Config, ErrorCode};
use jiff::Timestamp;

use super::clone::without_password;
use crate::store::{Store, StoreError};

/// git's name for the mirror in a door's clone.
const NAME: &str = "mirror";

impl Store {
    /// Clones a space for a door from a mirror, and has `git fetch mirror` bring it up to date. The
    /// repository that the mirror was cloned from is the one that the door follows.
    ///
    /// # Errors
    /// It is not a mirror, git failed with a message, or the repository is not a space.
    pub fn clone_from_mirror(mirror: &Path, to: &Path, now: Timestamp) -> Result<Self, StoreError> {
        let unusable = |why: String| StoreError::NotAMirror { path: mirror.to_owned(), why };
        let place = fs::canonicalize(mirror).map_err(|error| unusable(error.to_string()))?;
        let from = place.to_str().ok_or_else(|| unusable("its name is not UTF-8".to_owned()))?;
        let server = origin(&place).map_err(unusable)?;
        // git otherwise refuses what belongs to another user, and links to the files of a neighbour.
        let send = format!("git -c safe.directory={} upload-pack", quoted(from));
        let store = Self::cloned(from, to, &["--no-local", "--upload-pack", &send])?;
        store.set_setting("remote.origin.url", &without_password(&server))?;
        store.take_from(from, &send)?;
        store.become_door(now)?;
        Ok(store)
    }

    /// Returns the mirror that this clone takes its commits from, if there is one.
    #[must_use]
    pub fn mirror(&self) -> Option<PathBuf> {
        self.setting(&format!("remote.{NAME}.url")).map(PathBuf::from)
    }

    /// Has `git fetch mirror` move the branch forward, and keep what was fetched beside it, as
    /// `git fetch origin main:main` does in a clone without a mirror.
    fn take_from(&self, mirror: &str, send: &str) -> Result<(), StoreError> {
        let branch = self.pinned()?;
        let setting = |name| format!("remote.{NAME}.{name}");
        self.set_setting(&setting("url"), mirror)?;
        self.set_setting(&setting("uploadpack"), send)?;
        self.set_setting(&setting("tagOpt"), "--no-tags")?;
        self.set_setting(
            &setting("fetch"),
            &format!("+refs/heads/{branch}:refs/remotes/origin/{branch}"),
        )?;
        self.add_setting(&setting("fetch"), &format!("refs/heads/{branch}:refs/heads/{branch}"))
    }
}

/// Returns the address that a bare repository was cloned from. Reads its settings as a file, since it
/// belongs to another user.
fn origin(mirror: &Path) -> Result<String, String> {
    let file = mirror.join("config");
    fs::File::open(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    let config = Config::open(&file).and_then(|config| config.get_string("remote.origin.url"));
    config.map_err(|error| match error.code() {
        ErrorCode::NotFound => "it was not cloned from another repository".to_owned(),
        _ => error.message().to_owned(),
    })
}

/// Returns a word that a shell takes as it is.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_with_any_name_is_one_word_for_a_shell() {
        for (name, word) in [("/srv/a b", "'/srv/a b'"), ("/srv/o'hara", r"'/srv/o'\''hara'")] {
            assert_eq!(quoted(name), word);
        }
    }

    #[test]
    fn what_was_not_cloned_is_not_a_mirror() {
        let dir = tempfile::tempdir().unwrap();
        assert!(origin(dir.path()).unwrap_err().contains("config: No such file"));
        let told = |text: &str| {
            fs::write(dir.path().join("config"), text).unwrap();
            origin(dir.path())
        };
        assert!(told("[core]\n\tbare = true\n").unwrap_err().contains("was not cloned"));
        assert_eq!(told("[remote \"origin\"]\n\turl = git@server:x\n").unwrap(), "git@server:x");
        assert!(told("[remote").is_err());
    }
}
