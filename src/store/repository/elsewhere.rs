//! What a clone knows of the repository that it shares with others: its branch, and where that is.

use schemars::JsonSchema;
use serde::Serialize;

use super::branch::HEADS;
use crate::{
    domain::model::CommitId,
    store::{Store, StoreError, objects::ids::commit_id},
};

/// What is in force at doors that follow the shared repository, as of the last fetch.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct Shared {
    /// Its address.
    pub url: String,
    /// The branch that its doors follow.
    pub branch: String,
    /// The newest commit there, if it was fetched.
    pub commit: Option<CommitId>,
}

impl Store {
    /// Returns what is in force in the repository that this is a clone of, if it is one to work in. A
    /// door's clone is in force itself.
    ///
    /// # Errors
    /// The space's branch is unknown.
    pub fn shared(&self) -> Result<Option<Shared>, StoreError> {
        let Some(remote) = self.remote().filter(|_| !self.is_door()) else { return Ok(None) };
        let (name, repo) = (remote.name, self.repo()?);
        // git notes at cloning which branch the other repository goes by.
        let head = repo.find_reference(&format!("refs/remotes/{name}/HEAD")).ok();
        let target = head.and_then(|head| head.symbolic_target().ok().flatten().map(str::to_owned));
        let branch = target
            .and_then(|it| Some(it.strip_prefix(&format!("refs/remotes/{name}/"))?.to_owned()));
        let branch = branch.map_or_else(|| self.pinned().map(str::to_owned), Ok)?;
        let commit = repo.refname_to_id(&format!("refs/remotes/{name}/{branch}"));
        Ok(Some(Shared { url: remote.url, branch, commit: commit.map(commit_id).ok() }))
    }

    /// Returns the name of the space's branch, whatever is checked out or in progress.
    ///
    /// # Errors
    /// The space's branch is unknown.
    pub fn pinned_branch(&self) -> Result<String, StoreError> {
        Ok(self.pinned_ref()?.trim_start_matches(HEADS).to_owned())
    }
}
