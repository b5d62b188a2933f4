//! Where the branch was at a moment, according to git's own log of its moves.

use git2::ErrorCode;
use jiff::Timestamp;

use crate::{
    domain::model::CommitId,
    store::{Store, StoreError, objects::ids::commit_id},
};

impl Store {
    /// Finds the commit at which the branch of this clone stood at a moment, if its log reaches
    /// that far. It says when a commit came here, whatever date the commit has.
    ///
    /// # Errors
    /// The log cannot be read.
    pub fn branch_at(&self, at: Timestamp) -> Result<Option<CommitId>, StoreError> {
        let name = self.pinned_ref()?;
        let log = match self.repo()?.reflog(&name) {
            Ok(log) => log,
            Err(error) if error.code() == ErrorCode::NotFound => return Ok(None),
            Err(error) => return Err(self.git("read the log of the branch")(error)),
        };
        let mut moves = log.iter(); // the newest comes first
        let last = moves.find(|it| it.committer().when().seconds() <= at.as_second());
        Ok(last.map(|it| commit_id(it.id_new())).filter(|id| *id != CommitId::default()))
    }
}
