//! The branch of the space, and the states in which it cannot be committed to.

use git2::{ErrorCode, RepositoryState};

use crate::domain::model::CommitId;
use crate::store::{BranchState, Store, StoreError, objects::ids::commit_id};

pub(super) const HEADS: &str = "refs/heads/";

/// The setting that names the branch.
pub(super) const BRANCH: &str = "space.branch";

impl Store {
    /// Returns the newest commit of the space's branch, reading one or two small files. What is
    /// checked out does not matter.
    ///
    /// # Errors
    /// The space's branch is unknown, or has no commit yet.
    pub fn head(&self) -> Result<CommitId, StoreError> {
        self.repo()?.refname_to_id(&self.pinned_ref()?).map(commit_id).map_err(|error| {
            if matches!(error.code(), ErrorCode::NotFound | ErrorCode::UnbornBranch) {
                self.branch_error(BranchState::Unborn)
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
        if let Some(what) = operation_in_progress(self.repo()?.state()) {
            return Err(self.branch_error(BranchState::Underway(what)));
        }
        match self.wrong_checkout()? {
            Some(state) => Err(self.branch_error(state)),
            None => Ok(self.pinned()?.to_owned()),
        }
    }

    /// Returns the full name of the ref that moves with each new commit of the space.
    ///
    /// # Errors
    /// Like [`Store::branch`].
    pub fn branch_ref(&self) -> Result<String, StoreError> {
        Ok(format!("{HEADS}{}", self.branch()?))
    }

    /// Returns the full name of the space's branch, whatever is checked out or in progress.
    ///
    /// # Errors
    /// The space's branch is unknown.
    pub fn pinned_ref(&self) -> Result<String, StoreError> {
        Ok(format!("{HEADS}{}", self.pinned()?))
    }

    /// Returns what is checked out instead of the space's branch, if anything. A bare repository
    /// has no files to show another branch, so its HEAD does not matter.
    ///
    /// # Errors
    /// The space's branch is unknown.
    pub fn wrong_checkout(&self) -> Result<Option<BranchState>, StoreError> {
        let wanted = self.pinned()?;
        if self.is_bare() {
            return Ok(None);
        }
        Ok(match self.checked_out()? {
            None => Some(BranchState::Detached),
            Some(found) if found != wanted => {
                Some(BranchState::Other { found, wanted: wanted.to_owned() })
            }
            Some(_) => None,
        })
    }

    /// Returns the branch of the space: the one named in `space.branch`, else the one checked out,
    /// else the only one. Once found it stays the same, so that no `git checkout` puts other
    /// records into force.
    ///
    /// # Errors
    /// No branch is checked out, and there are several.
    pub(in crate::store) fn pinned(&self) -> Result<&str, StoreError> {
        if let Some(name) = self.pinned.get() {
            return Ok(name);
        }
        let set = self.repo()?.config().and_then(|config| config.get_string(BRANCH)).ok();
        let found = match set {
            Some(name) => name,
            None => match self.checked_out()?.or_else(|| self.only_branch()) {
                Some(name) => name,
                None => return Err(self.branch_error(BranchState::Detached)),
            },
        };
        Ok(self.pinned.get_or_init(|| found))
    }

    /// Returns the branch that is checked out, if any.
    fn checked_out(&self) -> Result<Option<String>, StoreError> {
        let repo = self.repo()?;
        let head = repo.find_reference("HEAD").map_err(self.git("read HEAD"))?;
        let target = head.symbolic_target().ok().flatten();
        Ok(target.and_then(|name| name.strip_prefix(HEADS)).map(str::to_owned))
    }

    fn only_branch(&self) -> Option<String> {
        let repo = self.repo().ok()?;
        let mut all = repo.branches(Some(git2::BranchType::Local)).ok()?.flatten();
        let (first, _) = all.next()?;
        let name = first.name().ok()?.map(str::to_owned);
        name.filter(|_| all.next().is_none())
    }

    pub(in crate::store) fn branch_error(&self, state: BranchState) -> StoreError {
        let path = self.workdir().unwrap_or_else(|| self.git_dir()).to_owned();
        StoreError::Branch { path, state }
    }
}

const fn operation_in_progress(state: RepositoryState) -> Option<&'static str> {
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
