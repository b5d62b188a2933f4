//! Fetches the space's branch from the repository that this clone came from.

use std::fs;

use crate::{
    domain::model::CommitId,
    store::{
        Remote, Store, StoreError,
        disk::io_at,
        objects::ids::{commit_id, oid},
        sync::git,
    },
};

/// The newest commit of the other repository.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FetchedTip {
    /// Where it is from.
    pub remote: Remote,
    /// The commit.
    pub commit: CommitId,
    /// The commit that was there when it was last fetched, if it is no ancestor of the new one:
    /// somebody has rewritten the history.
    pub lost: Option<CommitId>,
}

impl Store {
    /// Fetches the space's branch. What was fetched is not looked at by anybody before
    /// [`Store::accept`].
    ///
    /// # Errors
    /// This repository is not a clone, the other one cannot be reached, does not have the branch, or
    /// is not a space.
    pub fn fetch(&self) -> Result<FetchedTip, StoreError> {
        let remote = self.remote().ok_or(StoreError::NoRemote)?;
        let branch = self.pinned()?.to_owned();
        let from = format!("refs/heads/{branch}");
        // A door with a mirror has no network: what another user fetched is there.
        let source = if self.mirror().is_some() { "mirror" } else { &remote.name };
        let args =
            ["fetch", "--quiet", "--no-tags", "--no-auto-maintenance", "--refmap=", source, &from];
        let output = self.run_git(&args)?;
        let failed = |why: String| StoreError::NotReached { url: remote.url.clone(), why };
        if !output.status.success() {
            return Err(failed(git::why(&output)));
        }
        let file = self.git_dir().join("FETCH_HEAD");
        let text = fs::read_to_string(&file).map_err(io_at(&file))?;
        let commit = text.split_whitespace().next().and_then(|id| id.parse::<CommitId>().ok());
        let commit = commit.ok_or_else(|| failed("nothing was fetched".to_owned()))?;
        if self.find(self.tree_of(commit)?, "space.json")?.is_none() {
            let why = "its branch has no space.json, so it is not a space".to_owned();
            return Err(failed(why));
        }
        let known = self.repo()?.refname_to_id(&self.tracking(&remote)?).ok().map(commit_id);
        let lost = match known {
            Some(known) if !self.descends(commit, known)? => Some(known),
            _ => None,
        };
        Ok(FetchedTip { remote, commit, lost })
    }

    /// Remembers what was fetched as what the other repository has.
    ///
    /// # Errors
    /// The repository cannot be written.
    pub fn accept(&self, tip: &FetchedTip) -> Result<(), StoreError> {
        self.track(&tip.remote, tip.commit)
    }

    /// Returns what this clone's own settings say about syncing by itself: `space.sync`, `auto` or
    /// `manual`.
    #[must_use]
    pub fn syncs_by_itself(&self) -> Option<bool> {
        match self.setting("space.sync")?.as_str() {
            "auto" => Some(true),
            "manual" => Some(false),
            _ => None,
        }
    }

    /// Returns the newest commit that the other repository is known to have.
    ///
    /// # Errors
    /// The space's branch is unknown.
    pub fn tracked(&self) -> Result<Option<CommitId>, StoreError> {
        let Some(remote) = self.remote() else { return Ok(None) };
        Ok(self.repo()?.refname_to_id(&self.tracking(&remote)?).ok().map(commit_id))
    }

    pub(super) fn track(&self, remote: &Remote, commit: CommitId) -> Result<(), StoreError> {
        let name = self.tracking(remote)?;
        let repo = self.repo()?;
        if repo.refname_to_id(&name).ok() == Some(oid(commit)) {
            return Ok(());
        }
        let moved = repo.reference(&name, oid(commit), true, "sync").map(drop);
        moved.map_err(self.git("remember what was fetched"))
    }

    fn tracking(&self, remote: &Remote) -> Result<String, StoreError> {
        Ok(format!("refs/remotes/{}/{}", remote.name, self.pinned()?))
    }
}
