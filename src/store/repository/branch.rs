//! The branch of the space, and the states in which it cannot be committed to.

use git2::{ErrorCode, RepositoryState};

use crate::domain::model::CommitId;
use crate::store::{BranchState, Store, StoreError, objects::ids::commit_id};

const HEADS: &str = "refs/heads/";

impl Store {
    /// Returns the newest commit of the space's branch, reading one or two small files.
    ///
    /// # Errors
    /// The branch has no commit yet.
    pub fn head(&self) -> Result<CommitId, StoreError> {
        let name = match self.pinned() {
            Some(branch) => format!("{HEADS}{branch}"),
            None => "HEAD".to_owned(),
        };
        self.repo()?.refname_to_id(&name).map(commit_id).map_err(|error| {
            if matches!(error.code(), ErrorCode::NotFound | ErrorCode::UnbornBranch) {
                self.state(BranchState::Unborn)
            } else {
                self.git("read the branch")(error)
            }
        })
    }

    /// Returns the branch that changes are committed to.
    ///
    /// # Errors
    /// The repository cannot be committed to: no branch is checked out, it is another one than
    /// `space.branch`, it has no commit, or a merge or similar is in progress.
    pub fn branch(&self) -> Result<String, StoreError> {
        let repo = self.repo()?;
        if let Some(what) = underway(repo.state()) {
            return Err(self.state(BranchState::Underway(what)));
        }
        let head = repo.find_reference("HEAD").map_err(self.git("read HEAD"))?;
        let target = head.symbolic_target().ok().flatten().map(str::to_owned);
        let Some(found) = target.as_deref().and_then(|name| name.strip_prefix(HEADS)) else {
            return Err(self.state(BranchState::Detached));
        };
        match self.pinned() {
            // A bare repository has no files to show another branch, so its HEAD does not matter.
            Some(wanted) if self.is_bare() => Ok(wanted.to_owned()),
            Some(wanted) if wanted != found => Err(self
                .state(BranchState::Other { found: found.to_owned(), wanted: wanted.to_owned() })),
            _ => Ok(found.to_owned()),
        }
    }

    /// Returns the full name of the ref that moves with each new commit of the space.
    ///
    /// # Errors
    /// Like [`Store::branch`].
    pub fn branch_ref(&self) -> Result<String, StoreError> {
        Ok(format!("{HEADS}{}", self.branch()?))
    }

    /// Returns the branch that the repository's settings name as the space's.
    fn pinned(&self) -> Option<&str> {
        let read = || self.repo().ok()?.config().ok()?.get_string("space.branch").ok();
        self.pinned.get_or_init(read).as_deref()
    }

    fn state(&self, state: BranchState) -> StoreError {
        let path = self.workdir().unwrap_or_else(|| self.git_dir()).to_owned();
        StoreError::Branch { path, state }
    }
}

const fn underway(state: RepositoryState) -> Option<&'static str> {
    Some(match state {
        RepositoryState::Clean => return None,
        RepositoryState::Merge => "merge",
        RepositoryState::Revert | RepositoryState::RevertSequence => "revert",
        RepositoryState::CherryPick | RepositoryState::CherryPickSequence => "cherry-pick",
        RepositoryState::Bisect => "bisect",
        RepositoryState::Rebase
        | RepositoryState::RebaseInteractive
        | RepositoryState::RebaseMerge => "rebase",
        RepositoryState::ApplyMailbox | RepositoryState::ApplyMailboxOrRebase => "am",
    })
}
