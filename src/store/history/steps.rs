//! Which changes `undo` and `redo` are about, when no commit is named.
//!
//! As in an editor, each undo takes back one change more, and redo brings back what was undone last,
//! until somebody changes something else.

use std::collections::HashSet;

use super::{LogEntry, LogScope, Query};
use crate::domain::model::CommitId;
use crate::store::{Store, StoreError};

/// How the trailer of an undo or redo begins; the short id of what it takes back follows.
const TRAILER: &str = "undo ";

/// How many commits are read to find one.
const PAGE: usize = 64;

/// What has become of a change.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum State {
    /// It counts.
    InForce,
    /// It is an undo of a change, and counts.
    Undo,
    /// It is the undo of an undo, and counts.
    Redo,
    /// It was taken back.
    Undone,
}

impl Store {
    /// Returns the changes that can be undone one after the other, the newest first: those that are
    /// in force, and neither an undo nor a redo.
    ///
    /// # Errors
    /// The history cannot be read.
    pub fn undoable(&self, from: CommitId, most: usize) -> Result<Vec<LogEntry>, StoreError> {
        let mut found = Vec::new();
        self.each_step(from, |entry, state| {
            if state == State::InForce {
                found.push(entry);
            }
            found.len() < most
        })?;
        Ok(found)
    }

    /// Returns the undo that a redo takes back: the newest, unless something else was changed after
    /// it.
    ///
    /// # Errors
    /// The history cannot be read.
    pub fn redoable(&self, from: CommitId) -> Result<Option<LogEntry>, StoreError> {
        let mut found = None;
        self.each_step(from, |entry, state| {
            if state == State::Undo {
                found = Some(entry);
            }
            matches!(state, State::Redo | State::Undone)
        })?;
        Ok(found)
    }

    /// Goes back through the changes of a branch but the first, which made the space, for as long as
    /// `more` says so.
    fn each_step(
        &self,
        from: CommitId,
        mut more: impl FnMut(LogEntry, State) -> bool,
    ) -> Result<(), StoreError> {
        let mut undone: HashSet<String> = HashSet::new();
        let mut limit = PAGE;
        let mut seen = 0;
        loop {
            let about = LogScope::Everything;
            let query = Query { to: Some(from), about, limit: Some(limit + 1), ..Query::default() };
            let entries = self.log(&query)?;
            let whole = entries.len() <= limit;
            let usable = if whole { entries.len().saturating_sub(1) } else { limit };
            for entry in entries.into_iter().take(usable).skip(seen) {
                let takes_back = entry.trailer.as_deref().and_then(|it| it.strip_prefix(TRAILER));
                let state = if undone.remove(&entry.id.short()) {
                    State::Undone
                } else if let Some(other) = takes_back {
                    undone.insert(other.to_owned());
                    if entry.subject.as_str().starts_with("redo: ") {
                        State::Redo
                    } else {
                        State::Undo
                    }
                } else {
                    State::InForce
                };
                if !more(entry, state) {
                    return Ok(());
                }
            }
            if whole {
                return Ok(());
            }
            seen = limit;
            limit *= 4;
        }
    }
}
