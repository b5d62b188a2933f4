//! How a clone itself stands: what is checked out, and how it compares with where it came from.

use jiff::Timestamp;

use crate::{
    domain::model::Note,
    store::{Fetched, Store, Upstream},
};

/// How a clone stands.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Standing {
    /// How it compares with the repository that it came from, if it is a clone.
    pub upstream: Option<Upstream>,
    /// What somebody has to look at.
    pub notes: Vec<Note>,
}

impl Standing {
    /// Looks; `last` remembers the last fetch that succeeded. What cannot be read is told by
    /// whoever reads the commits.
    #[must_use]
    pub fn of(store: &Store, last: &mut Option<Fetched>, now: Timestamp) -> Self {
        let upstream = store.upstream(last).ok().flatten();
        let astray = store.astray().ok().flatten().and_then(|state| {
            let branch = store.pinned().ok()?;
            Some(Note {
                text: format!("the repository {state}; what counts is `{branch}` all the same"),
                advice: Some(state.hint(branch)),
            })
        });
        let apart = upstream.as_ref().and_then(|it| it.note(now));
        Self { upstream, notes: astray.into_iter().chain(apart).collect() }
    }
}
