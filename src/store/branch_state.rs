//! Why a repository's branch cannot be committed to, and what to do then.

use std::fmt;

use crate::domain::model::Advice;

/// Why a repository's branch cannot be committed to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum BranchState {
    /// No branch is checked out.
    Detached,
    /// The branch has no commit yet.
    Unborn,
    /// A merge, rebase or similar is in progress.
    Underway(&'static str),
    /// Another branch than the space's own is checked out.
    Other {
        /// The branch that is checked out.
        found: String,
        /// The branch that the space is on.
        wanted: String,
    },
}

impl fmt::Display for BranchState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Detached => f.write_str("has no branch checked out (detached HEAD)"),
            Self::Unborn => f.write_str("has no commit yet"),
            Self::Underway(what) => write!(f, "is in the middle of a {what}"),
            Self::Other { found, wanted } => {
                write!(f, "is on branch `{found}`, but the space is on `{wanted}`")
            }
        }
    }
}

impl BranchState {
    /// Returns what to do next, given the branch to switch back to.
    pub(in crate::store) fn hint(&self, branch: &str) -> Advice {
        match self {
            Self::Detached => format!("switch back to the branch: `git switch {branch}`").into(),
            Self::Unborn => Advice::MakeSpace,
            Self::Underway(what) => {
                format!("finish or abort it (`git {what} --abort`), then try again; `git status` says more")
                    .into()
            }
            Self::Other { found, wanted } => format!(
                "switch to it: `git switch {wanted}`; or make this the branch of the space: `git config space.branch {found}`"
            )
            .into(),
        }
    }
}
