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
use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;

use super::clone::without_password;
use crate::{
    domain::model::{CommitId, Note},
    store::{Store, StoreError},
};

/// git's name for the mirror in a door's clone.
const NAME: &str = "mirror";

/// A door takes over what was fetched into its mirror at once, or in the next minute.
const SOON: SignedDuration = SignedDuration::from_mins(2);

/// A mirror as the clone of a door sees it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct Mirror {
    /// Its folder.
    pub path: PathBuf,
    /// Whether it is missing, or this user may not read when it was last fetched into.
    pub hidden: bool,
    /// The commit that was fetched into it, as long as it is missing in the clone.
    pub waiting: Option<Waiting>,
}

/// A commit that is in the mirror and not in the clone.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct Waiting {
    /// The commit.
    pub commit: CommitId,
    /// When it was fetched, if known.
    pub since: Option<Timestamp>,
}

impl Mirror {
    /// Reports that what was fetched from an address into the mirror does not get into the clone, or
    /// cannot be seen.
    pub(super) fn note(&self, url: &str, now: Timestamp) -> Option<Note> {
        let path = self.path.display();
        if self.hidden {
            return Some(Note::new(
                format!("it cannot be seen when {path} last fetched from {url}"),
                format!(
                    "see whether it is there and this user's groups may read it: ls -ld {path}"
                ),
            ));
        }
        let Waiting { commit, since } = self.waiting?;
        let text = format!(
            "commit {} was fetched from {url} into {path} and does not get into this door's clone",
            commit.short()
        );
        let advice =
            "take it over and see what git says: `git fetch mirror`, as space-follow.service does";
        let soon = since.is_some_and(|since| now.duration_since(since) <= SOON);
        (!soon).then(|| Note::new(text, advice))
    }
}

impl Waiting {
    /// Finds out since when a mirror's branch has been at a commit; nobody knows once git has packed
    /// the branch.
    pub(super) fn of(commit: CommitId, mirror: &Path, branch: &str) -> Self {
        let moved = fs::symlink_metadata(mirror.join("refs/heads").join(branch));
        let moved = moved.and_then(|it| it.modified()).ok();
        Self { commit, since: moved.and_then(|it| it.try_into().ok()) }
    }
}

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
    let shown = |error| format!("{}: {error}", file.display());
    let kind = fs::File::open(&file).and_then(|it| it.metadata()).map_err(shown)?;
    if !kind.is_file() {
        return Err(format!("{} is not a file", file.display()));
    }
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

    #[test]
    fn what_stays_in_the_mirror_is_told_once_it_had_time_to_get_here() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let told = |hidden: bool, since: Option<&str>, now: &str| {
            let since = since.map(at);
            let waiting = (!hidden).then_some(Waiting { commit: CommitId::default(), since });
            let mirror = Mirror { path: "/srv/mirror.git".into(), hidden, waiting };
            mirror.note("git@server:space.git", at(now)).map_or_else(String::new, |note| note.text)
        };
        let fetched = "2026-01-15T18:00:00Z";
        assert_eq!(told(false, Some(fetched), "2026-01-15T18:02:00Z"), "");
        let late = told(false, Some(fetched), "2026-01-15T18:02:01Z");
        assert!(late.contains("commit 0000000 was fetched") && late.contains("does not get into"));
        assert!(told(false, None, fetched).contains("does not get into"), "git packed the branch");
        assert!(told(true, None, fetched).contains("cannot be seen"));
    }
}
