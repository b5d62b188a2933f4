//! Finds the commit that was in force at the door at a past moment.

use std::path::Path;

use jiff::{SignedDuration, Timestamp};

use super::AppError;
use crate::{
    domain::model::{Activity, CommitId},
    store::{
        Store,
        journal::{self, Filter},
    },
};

/// How far around a moment to search the journal.
const SEARCH_SPAN: SignedDuration = SignedDuration::from_hours(31 * 24);

/// How it is known which commit was in force.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Evidence {
    /// The door decided by it, just then or both before and after that moment.
    Activity(Timestamp),
    /// The branch of the door's clone was at this commit.
    Log,
    /// It was the newest by commit date; it is not known here when it reached the door.
    Dates,
}

/// Finds the commit that was in force at a moment, and how that is known. Returns `None` if the
/// moment is before the first commit.
///
/// # Errors
/// Fails if the journals or the history cannot be read.
pub fn at(
    store: &Store,
    journals: &Path,
    at: Timestamp,
) -> Result<Option<(CommitId, Evidence)>, AppError> {
    let (from, until) = (at.checked_sub(SEARCH_SPAN).ok(), at.checked_add(SEARCH_SPAN).ok());
    let around = Filter { from, until, ..Filter::default() };
    let mut seen = Around::default();
    journal::each(journals, &around, |it| {
        seen.see(&it, at);
        true
    })?;
    if let Some((commit, when)) = seen.decided_by(at)
        && store.read(commit).is_ok()
    {
        return Ok(Some((commit, Evidence::Activity(when))));
    }
    // An admin's clone shows when a commit reached the admin, not the door.
    let is_of_door = store.is_door() || store.remote().is_none();
    if let Some(commit) = store.branch_at(at)?.filter(|_| is_of_door)
        && store.read(commit).is_ok()
    {
        return Ok(Some((commit, Evidence::Log)));
    }
    Ok(store.commit_at(at)?.map(|commit| (commit, Evidence::Dates)))
}

/// The activities just before and after a moment: when, and by which commit.
#[derive(Default)]
struct Around {
    before: Option<(Timestamp, CommitId)>,
    after: Option<(Timestamp, CommitId)>,
}

impl Around {
    fn see(&mut self, activity: &Activity, at: Timestamp) {
        if !activity.has_reliable_time() || activity.commit == CommitId::default() {
            return;
        }
        let (time, commit) = (activity.time, activity.commit);
        if time <= at && self.before.is_none_or(|(known, _)| known <= time) {
            self.before = Some((time, commit));
        }
        if time > at && self.after.is_none_or(|(known, _)| time < known) {
            self.after = Some((time, commit));
        }
    }

    /// Returns the commit that the door decided by at a moment, according to activities at that
    /// moment, or before and after it, with the time of the earlier one.
    fn decided_by(&self, at: Timestamp) -> Option<(CommitId, Timestamp)> {
        let (time, commit) = self.before?;
        let is_certain = time == at || self.after.is_some_and(|(_, after)| after == commit);
        is_certain.then_some((commit, time))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minute(minute: i64) -> Timestamp {
        let start: Timestamp = "2026-01-15T18:00:00Z".parse().unwrap();
        start + SignedDuration::from_mins(minute)
    }

    fn activity(at: i64, commit: u8) -> Activity {
        let commit = CommitId::from_bytes([commit; 20]);
        let time = minute(at);
        let line = format!(
            "{{\"time\":\"{time}\",\"facility\":\"laser\",\"member\":\"unknown\",\
             \"result\":\"exit\",\"reason\":\"exit\",\"commit\":\"{commit}\"}}"
        );
        serde_json::from_str(&line).unwrap()
    }

    #[test]
    fn what_was_decided_just_then_or_before_and_after_is_known() {
        let all = [activity(10, 1), activity(0, 1), activity(20, 2)];
        let known = |at| {
            let mut seen = Around::default();
            all.iter().for_each(|it| seen.see(it, minute(at)));
            seen.decided_by(minute(at)).map(|(commit, _)| commit)
        };
        for (at, commit) in [(0, 1), (5, 1), (10, 1), (20, 2)] {
            assert_eq!(known(at), Some(CommitId::from_bytes([commit; 20])), "{at}");
        }
        for unknown in [-1, 15, 25] {
            assert_eq!(known(unknown), None, "{unknown}");
        }
    }
}
