//! Finds out from how many members a commit takes access, and whether somebody has confirmed it.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::domain::{
    effect::{self, Side, Toll},
    model::{CommitId, Finding, MemberFolder, MemberId, Priority, Record, RecordPath, Space},
};
use crate::store::{Revision, Store, StoreError, objects::ids::oid};

/// Begins the line of a message in which somebody confirms from how many members it takes access.
pub(in crate::store) const CONFIRM: &str = "Space-Confirm: ";

impl Store {
    /// Returns why what changes from one commit to a later one needs to be confirmed, unless the
    /// message of the later one confirms it.
    ///
    /// # Errors
    /// A commit cannot be read.
    pub fn brake(
        &self,
        old: CommitId,
        new: CommitId,
        now: Timestamp,
    ) -> Result<Option<Finding>, StoreError> {
        Ok(brake(&self.read(old)?, &self.read(new)?, self.confirmed(new)?, now))
    }

    /// Returns how many members the message of a commit says it takes access from, if it does.
    ///
    /// # Errors
    /// There is no such commit.
    pub fn confirmed(&self, commit: CommitId) -> Result<Option<usize>, StoreError> {
        let repo = self.repo()?;
        let found = repo.find_commit(oid(commit)).map_err(self.git("read a commit"))?;
        let message = String::from_utf8_lossy(found.message_bytes()).into_owned();
        let stated =
            message.lines().rev().find_map(|line| line.trim().strip_prefix(CONFIRM.trim()));
        let count = stated.and_then(|it| it.split_whitespace().next()?.parse().ok());
        Ok(count)
    }
}

/// Returns why what changes from one revision to another needs to be confirmed.
pub(in crate::store) fn brake(
    before: &Revision<'_>,
    after: &Revision<'_>,
    confirmed: Option<usize>,
    now: Timestamp,
) -> Option<Finding> {
    let space = settings(before)?;
    // So much that it cannot be listed may concern anybody.
    let delta = after.delta(before.id()).ok();
    let touched = delta.filter(|it| !it.basis).map(|it| it.members);
    if let Some(members) = &touched {
        let few = members.len() <= space.brake.few as usize;
        let level = space.levels.keys().copied().max();
        let held = |(id, _): &(_, _)| before.member(*id).0.is_some_and(|it| holds(&it, level));
        if few && !members.iter().any(held) {
            return None;
        }
    }
    over(
        before,
        after,
        touched.map(|all| all.into_iter().map(|(id, _)| id).collect()),
        confirmed,
        now,
    )
}

/// Counts from whom access is taken from one revision to another; only `touched` members have changed
/// records of their own, or any if they are not known.
pub(in crate::store) fn over(
    before: &Revision<'_>,
    after: &Revision<'_>,
    touched: Option<BTreeSet<MemberId>>,
    confirmed: Option<usize>,
    now: Timestamp,
) -> Option<Finding> {
    let space = settings(before)?;
    let toll = toll(before, after, touched.as_ref(), now);
    effect::brake(space.brake, &toll, confirmed)
}

/// Compares who can open what in two revisions.
pub(in crate::store) fn toll(
    before: &Revision<'_>,
    after: &Revision<'_>,
    touched: Option<&BTreeSet<MemberId>>,
    now: Timestamp,
) -> Toll {
    let (old, new) = (before.basis().0, after.basis().0);
    // Reading the newer one last leaves its members in the cache.
    let (were, are) = (before.roster(), after.roster());
    Toll::of(&Side::new(&old, were.members()), &Side::new(&new, are.members()), touched, now)
}

fn settings(revision: &Revision<'_>) -> Option<Space> {
    match revision.record(&RecordPath::Space) {
        Ok(Some(Record::Space(space))) => Some(space),
        _ => None,
    }
}

/// Tells whether a member may hold the highest priority; they may have left, but that is seldom.
fn holds(folder: &MemberFolder, level: Option<Priority>) -> bool {
    let mut grants = folder.credentials.iter().flat_map(|(_, it)| &it.grants);
    level.is_some_and(|level| grants.any(|it| it.priority >= level))
}
