//! The state of a clone itself: what is checked out, and how it compares with its origin.

use jiff::Timestamp;

use crate::{
    domain::model::Note,
    store::{Fetched, Store, Upstream},
};

/// The state of a clone.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct CloneState {
    /// How it compares with the repository that it came from, if it is a clone.
    pub upstream: Option<Upstream>,
    /// What somebody has to look at.
    pub notes: Vec<Note>,
}

impl CloneState {
    /// Determines the state; `last` remembers the last successful fetch. Errors are reported when
    /// commits are read.
    #[must_use]
    pub fn of(store: &Store, last: &mut Option<Fetched>, now: Timestamp) -> Self {
        let upstream = store.upstream(last).ok().flatten();
        let checkout = store.wrong_checkout().ok().flatten().and_then(|state| {
            let branch = store.pinned().ok()?;
            Some(Note {
                text: format!("the repository {state}; what counts is `{branch}` all the same"),
                advice: Some(state.hint(branch)),
            })
        });
        let divergence = upstream.as_ref().and_then(|it| it.note(now));
        let locks = store.stale_locks(now).into_iter().map(|lock| {
            let lock = lock.display();
            Note::new(
                format!(
                    "a git that was interrupted has left {lock}, and no other one gets past it"
                ),
                format!("if no git is running, remove it: `rm {lock}`"),
            )
        });
        Self { notes: checkout.into_iter().chain(divergence).chain(locks).collect(), upstream }
    }
}
