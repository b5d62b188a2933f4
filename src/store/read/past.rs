//! The records as they were on a past day.

use std::sync::{Mutex, PoisonError};

use jiff::{Timestamp, civil::Date};

use crate::{
    domain::{
        model::{CommitId, MemberId, RecordPath},
        records::{Records as _, last_moment, zone},
    },
    store::{
        Revision, StoreError,
        objects::ids::{commit_id, oid},
    },
};

/// The commits before a revision, as far as they were looked at, newest first.
#[derive(Debug, Default)]
pub(in crate::store) struct Past(Mutex<Walk>);

#[derive(Debug, Default)]
struct Walk {
    commits: Vec<(i64, CommitId)>,
    is_complete: bool,
}

impl Revision<'_> {
    /// Returns the records as they were at the end of a local day, or else the oldest ones that
    /// have a member; `None` if these are the newest.
    pub(super) fn as_of_day(&self, member: MemberId, day: Date) -> Option<Revision<'_>> {
        let end = last_moment(day, &zone(self));
        if self.time <= end {
            return None;
        }
        let commits = self.since(end).ok()?;
        let has_member = |commit: CommitId| {
            let then = self.store.read(commit);
            then.is_ok_and(|then| then.exists(&RecordPath::Member(member)))
        };
        let later = commits.partition_point(|(time, _)| *time > end.as_second());
        let found = match commits.get(later) {
            Some((_, commit)) if has_member(*commit) => later,
            // A member's record, once there, stays there.
            _ => commits[..later].partition_point(|(_, it)| has_member(*it)).checked_sub(1)?,
        };
        let (_, commit) = commits[found];
        if commit == self.id { None } else { self.store.read(commit).ok() }
    }

    /// Lists the commits of the branch back to the first that is not later than a moment.
    fn since(&self, moment: Timestamp) -> Result<Vec<(i64, CommitId)>, StoreError> {
        let mut walk = self.past.0.lock().unwrap_or_else(PoisonError::into_inner);
        let repo = self.store.repo()?;
        let fail = self.store.git("read the history");
        while !walk.is_complete
            && walk.commits.last().is_none_or(|(time, _)| *time > moment.as_second())
        {
            let commit = match walk.commits.last() {
                None => repo.find_commit(oid(self.id)).map(Some).map_err(&fail)?,
                Some((_, last)) => {
                    let last = repo.find_commit(oid(*last)).map_err(&fail)?;
                    if last.parent_count() == 0 { None } else { last.parent(0).ok() }
                }
            };
            match commit {
                Some(it) => walk.commits.push((it.time().seconds(), commit_id(it.id()))),
                None => walk.is_complete = true,
            }
        }
        Ok(walk.commits.clone())
    }
}
