//! Pushes a commit to the repository that this clone came from.

use crate::{
    domain::model::CommitId,
    store::{Store, StoreError, sync::git},
};

/// What became of a push.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pushed {
    /// The other repository has the commit.
    Done,
    /// Somebody else was quicker: fetch, join, and push again.
    Overtaken,
}

/// What git says when another push came first.
const OVERTAKEN: [&str; 5] = [
    "(fetch first)",
    "(non-fast-forward)",
    "(stale info)",
    "cannot lock ref",
    "failed to update ref",
];

impl Store {
    /// Pushes a commit to the space's branch of the other repository.
    ///
    /// # Errors
    /// It is not a clone, the other repository cannot be reached, or refuses the commit.
    pub fn push(&self, commit: CommitId) -> Result<Pushed, StoreError> {
        let remote = self.remote().ok_or(StoreError::NoRemote)?;
        let to = format!("{commit}:refs/heads/{}", self.pinned()?);
        let output = self.run_git(&["push", "--porcelain", &remote.name, &to])?;
        if output.status.success() {
            self.track(&remote, commit)?;
            return Ok(Pushed::Done);
        }
        let said = String::from_utf8_lossy(&output.stdout);
        let refused = said.lines().find(|line| line.starts_with('!'));
        let words = String::from_utf8_lossy(&output.stderr);
        let overtaken = |text: &str| OVERTAKEN.iter().any(|it| text.contains(it));
        match refused {
            Some(line) if overtaken(line) || overtaken(&words) => Ok(Pushed::Overtaken),
            Some(_) => Err(StoreError::NotAccepted { url: remote.url, why: git::why(&output) }),
            None => Err(StoreError::NotReached { url: remote.url, why: git::why(&output) }),
        }
    }
}
