//! git's record of its last fetch, the file `FETCH_HEAD`.

use std::{
    fs::{self, OpenOptions},
    io::{self, Read as _},
    path::Path,
};

use jiff::Timestamp;
#[cfg(unix)]
use rustix::fs::OFlags;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::model::{CommitId, text};

/// How much of the file is read, in bytes: a line for each branch of a repository with hundreds.
const LONGEST: u64 = 100_000;

/// A fetch that succeeded.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Fetched {
    /// The address that it was from, without any password.
    pub(super) url: String,
    /// When git had finished it.
    pub(super) at: Timestamp,
    /// The commit at the end of the branch.
    pub(super) commit: CommitId,
}

/// What git's record says about a branch.
#[derive(PartialEq, Eq, Debug)]
pub(super) enum FetchHead {
    /// Nothing since the clone was made at this time, if it is bare.
    Nothing(Timestamp),
    /// It is not there, or this user may not read it.
    Hidden,
    /// A fetch started, and has failed or is still running.
    Failed(Timestamp),
    /// The last fetch succeeded.
    Fetched(Fetched),
}

impl FetchHead {
    /// Reads the record in a repository's own folder.
    pub(super) fn read(git_dir: &Path, branch: &str, url: &str) -> Self {
        let (text, at) = match text_and_time(&git_dir.join("FETCH_HEAD")) {
            Ok(record) => record,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return begun(git_dir).map_or(Self::Hidden, Self::Nothing);
            }
            Err(_) => return Self::Hidden,
        };
        if text.trim().is_empty() {
            return Self::Failed(at);
        }
        let plain = |url: &str| url.trim_end_matches('/').trim_end_matches(".git").to_owned();
        let from = format!("branch '{branch}' of ");
        let commit = text.lines().find_map(|line| {
            let (id, rest) = line.split_once('\t')?;
            let (_, source) = rest.split_once(&from)?;
            (plain(source) == plain(url)).then(|| id.parse().ok())?
        });
        let fetched = |commit| Fetched { url: url.to_owned(), at, commit };
        match commit {
            Some(commit) => Self::Fetched(fetched(commit)),
            None => begun(git_dir).map_or(Self::Hidden, Self::Nothing),
        }
    }
}

/// The name of the file that keeps what git said at the last fetch.
const ANSWER: &str = "fetch-answer";

/// Returns what git said at the last fetch into a repository, as one line; `None` if it said nothing, or
/// nobody kept it.
pub(super) fn answer(git_dir: &Path) -> Option<String> {
    let (text, _) = text_and_time(&git_dir.join(ANSWER)).ok()?;
    let said = |line: &&str| ["fatal: ", "error: "].iter().any(|it| line.starts_with(it));
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    let line = lines().find(said).or_else(|| lines().next_back())?;
    Some(text::shown(line))
}

/// Reads a file and when it was written. It may belong to somebody who wants to keep this process
/// waiting, or busy, or to have it read another file.
fn text_and_time(path: &Path) -> io::Result<(String, Timestamp)> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        let patient = OFlags::NOFOLLOW | OFlags::NONBLOCK;
        options.custom_flags(i32::try_from(patient.bits()).unwrap_or_default());
    }
    let file = options.open(path)?;
    let kind = file.metadata()?;
    if !kind.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let at = kind.modified()?.try_into().map_err(io::Error::other)?;
    let mut bytes = Vec::new();
    file.take(LONGEST).read_to_end(&mut bytes)?;
    Ok((String::from_utf8_lossy(&bytes).into_owned(), at))
}

/// Returns when a bare repository was made: its HEAD stays as it was then.
fn begun(git_dir: &Path) -> Option<Timestamp> {
    fs::metadata(git_dir.join("HEAD")).ok()?.modified().ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_fetch_from_there_counts() {
        let dir = tempfile::tempdir().unwrap();
        let id = "1a".repeat(20);
        let of = |text: String| {
            fs::write(dir.path().join("FETCH_HEAD"), text).unwrap();
            FetchHead::read(dir.path(), "main", "/srv/space.git")
        };
        let none = || FetchHead::read(dir.path(), "main", "/srv/space.git");
        assert_eq!(none(), FetchHead::Hidden, "there is no repository");
        fs::write(dir.path().join("HEAD"), "ref: refs/heads/main\n").unwrap();
        let FetchHead::Nothing(begun) = none() else { panic!("nothing was fetched") };
        assert!(matches!(of(String::new()), FetchHead::Failed(_)));
        let line = format!("{id}\t\tbranch 'main' of /srv/space\n");
        let FetchHead::Fetched(fetched) = of(line) else { panic!("it was fetched") };
        assert_eq!(fetched.commit.to_string(), id);
        for other in ["branch 'draft' of /srv/space", "branch 'main' of /srv/other"] {
            let text = format!("{id}\tnot-for-merge\t{other}\n");
            assert_eq!(of(text), FetchHead::Nothing(begun));
        }
    }

    #[test]
    fn what_git_said_is_told_in_one_line() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(answer(dir.path()), None);
        for (text, said) in [
            ("", None),
            ("\n", None),
            (
                "ssh: Could not resolve hostname server\nfatal: Could not read from remote \
                 repository.\n\nPlease make sure\n",
                Some("fatal: Could not read from remote repository."),
            ),
            (" ! [rejected] main -> main (non-fast-forward)\n", Some("! [rejected] main")),
        ] {
            fs::write(dir.path().join(ANSWER), text).unwrap();
            let answer = answer(dir.path());
            assert_eq!(answer.is_some(), said.is_some());
            assert!(answer.unwrap_or_default().starts_with(said.unwrap_or_default()));
        }
    }

    /// A mirror belongs to another user, who must not be able to stop the door.
    #[cfg(unix)]
    #[test]
    fn what_is_not_a_file_of_a_sensible_size_is_not_waited_for() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("FETCH_HEAD");
        let read = || FetchHead::read(dir.path(), "main", "/srv/space.git");
        let made = std::process::Command::new("mkfifo").arg(&path).status().unwrap();
        assert!(made.success());
        assert_eq!(read(), FetchHead::Hidden, "nobody writes into the pipe");
        fs::remove_file(&path).unwrap();
        std::os::unix::fs::symlink("/dev/zero", &path).unwrap();
        assert_eq!(read(), FetchHead::Hidden);
        fs::remove_file(&path).unwrap();
        fs::File::create(&path).unwrap().set_len(1 << 40).unwrap();
        assert_eq!(read(), FetchHead::Hidden, "there is no HEAD, and no terabyte was read");
    }
}
