//! Changes that were made, and how to undo them.

use super::{
    change::{Changed, How, Request},
    extract::{At, InPath},
};
use crate::{
    domain::{model::CommitId, ops::Plan},
    web::{answer::Problem, fault::Fault},
};

/// Undo a change that this program has made, as a new change
#[utoipa::path(
    post, path = "/commits/{commit}/undo", tag = "changes",
    params(("commit" = String, Path, description = "the commit that a change has answered with"), How),
    responses((status = 200, body = Changed)),
)]
pub(super) async fn undo(
    request: Request,
    InPath(commit): InPath<String>,
) -> Result<At<Changed>, Problem> {
    let author = request.author();
    request
        .change(move |site, head| {
            let missing = || Fault::missing("there is no such commit");
            let commit: CommitId = commit.parse().map_err(|_| missing())?;
            let entry = site.store.log_entry(commit).map_err(|_| missing())?;
            if entry.author.email != author.email {
                return Err(Fault::forbidden("a program may only undo what it has done itself"));
            }
            Ok(Plan::from(site.store.revert(commit, head.id())?))
        })
        .await
}
