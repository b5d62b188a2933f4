//! git's record of its last fetch, the file `FETCH_HEAD`.

use std::{fs, io, path::Path};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::model::CommitId;

/// A fetch that succeeded.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
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
        let path = git_dir.join("FETCH_HEAD");
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => return Self::Hidden,
            Err(_) => return begun(git_dir).map_or(Self::Hidden, Self::Nothing),
        };
        let written = fs::metadata(&path).and_then(|it| it.modified()).ok();
        let Some(at) = written.and_then(|it| Timestamp::try_from(it).ok()) else {
            return Self::Hidden;
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
}
