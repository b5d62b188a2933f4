//! What earlier messages said, as far as it still matters.

use jiff::Timestamp;

use super::step::Obstacle;
use crate::domain::{
    model::{
        Change, MemberId, MemberMessages, Record, RecordPath, Slug, SpreadTag, Tag, TagMessages,
    },
    records::Records,
};

/// What was said about a tag before, and what is to be remembered of it.
#[derive(Clone, Debug)]
pub(super) struct TagMemory {
    path: RecordPath,
    before: TagMessages,
    /// What is known now.
    pub(super) now: TagMessages,
}

impl TagMemory {
    /// Recalls what was said about a tag.
    pub(super) fn of(records: &dyn Records, tag: &Tag) -> Result<Self, Obstacle> {
        let path = RecordPath::TagMessages(SpreadTag(tag.clone()));
        let before = match recalled(records, &path)? {
            Some(Record::TagMessages(it)) => it,
            _ => TagMessages::default(),
        };
        Ok(Self { path, now: before.clone(), before })
    }

    /// Returns what was known before.
    pub(super) const fn before(&self) -> &TagMessages {
        &self.before
    }

    /// Adds to a change what is new.
    pub(super) fn remember(self, change: Change) -> Change {
        if self.now == self.before {
            return change;
        }
        change.put(self.path, Record::TagMessages(self.now))
    }
}

/// What was said about a member before, and what is to be remembered of it.
#[derive(Clone, Debug)]
pub(super) struct MemberMemory {
    path: RecordPath,
    before: MemberMessages,
    /// What is known now.
    pub(super) now: MemberMessages,
}

impl MemberMemory {
    /// Recalls what was said about a member.
    pub(super) fn of(records: &dyn Records, id: MemberId) -> Result<Self, Obstacle> {
        let path = RecordPath::MemberMessages(id);
        let before = match recalled(records, &path)? {
            Some(Record::MemberMessages(it)) => it,
            _ => MemberMessages::default(),
        };
        Ok(Self { path, now: before.clone(), before })
    }

    /// Returns what was known before.
    pub(super) const fn before(&self) -> &MemberMessages {
        &self.before
    }

    /// Adds to a change what is new.
    pub(super) fn remember(self, change: Change) -> Change {
        if self.now == self.before {
            return change;
        }
        change.put(self.path, Record::MemberMessages(self.now))
    }
}

fn recalled(records: &dyn Records, path: &RecordPath) -> Result<Option<Record>, Obstacle> {
    match records.record(path) {
        None if records.exists(path) => Err(Obstacle::Unready(format!("{path} cannot be read"))),
        found => Ok(found),
    }
}

/// Tells when a grant was revoked for good: its tag was revoked, or all credentials of the member
/// after the grant had been given. `None` if it was not.
pub(super) fn revoked(
    tag: &TagMessages,
    member: &MemberMessages,
    facility: &Slug,
) -> Option<Timestamp> {
    let given = |first: Option<Timestamp>, revoked: Option<&Timestamp>| {
        revoked.copied().filter(|revoked| first.is_some_and(|first| first <= *revoked))
    };
    let here = tag.activated.get(facility).map(|it| it.first);
    [
        tag.revoked,
        tag.revoked_at.get(facility).copied(),
        given(tag.first(), member.revoked.as_ref()),
        given(here, member.revoked_at.get(facility)),
    ]
    .into_iter()
    .flatten()
    .max()
}

/// Tells whether a credential was revoked for good at all facilities.
pub(super) fn revoked_everywhere(tag: &TagMessages, member: &MemberMessages) -> bool {
    let first = tag.first();
    tag.revoked.is_some() || member.revoked.is_some_and(|at| first.is_some_and(|first| first <= at))
}
