//! The records as they were on a past day.

use jiff::civil::Date;

use crate::{
    domain::{
        model::{CommitId, MemberId, RecordPath},
        records::{Records as _, last_moment, zone},
    },
    store::Revision,
};

impl Revision<'_> {
    /// Returns the records as they were at the end of a local day, or else the oldest ones that
    /// have a member; `None` if these are the newest.
    pub(super) fn as_of_day(&self, member: MemberId, day: Date) -> Option<Revision<'_>> {
        let end = last_moment(day, &zone(self));
        if self.time <= end {
            return None;
        }
        let has_member = |commit: CommitId| {
            let then = self.store.read(commit);
            then.is_ok_and(|then| then.exists(&RecordPath::Member(member)))
        };
        let find = |commits: &[(i64, CommitId)]| {
            let later = commits.partition_point(|(time, _)| *time > end.as_second());
            match commits.get(later) {
                Some((_, commit)) if has_member(*commit) => Some(*commit),
                // A member's record, once there, stays there.
                _ => {
                    let with = commits[..later].partition_point(|(_, it)| has_member(*it));
                    Some(commits[with.checked_sub(1)?].1)
                }
            }
        };
        let commit = self.past.since(self.store, self.id, end, find).ok()??;
        if commit == self.id { None } else { self.store.read(commit).ok() }
    }
}
