//! What the records want members to have at a service.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::domain::model::MemberId;

/// What a member is to have.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Want<T> {
    /// What it is.
    pub what: T,
    /// The first local day that is not paid for yet, if that is known: nothing is charged before it.
    pub from: Option<Date>,
    /// The first local day on which it is no longer wanted: nothing is charged on it or later.
    pub until: Option<Date>,
    /// Why, in words.
    pub because: String,
}

/// What all members are to have, and which accounts are theirs by the records.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wanted<T> {
    /// Who is to have something.
    pub members: BTreeMap<MemberId, Want<T>>,
    /// Who is to have nothing, and why.
    pub others: BTreeMap<MemberId, String>,
    /// Those about whom the records do not say enough: nothing is done for them.
    pub unreadable: BTreeSet<MemberId>,
    /// The account of each member, by the records.
    pub known: BTreeMap<MemberId, String>,
    /// What the reference of a member begins with.
    pub prefix: String,
}

impl<T> Wanted<T> {
    /// Returns the member of this space whose reference it is.
    #[must_use]
    pub fn member_of(&self, mark: &str) -> Option<MemberId> {
        let id = mark.strip_prefix(&self.prefix)?.parse().ok()?;
        let is_here = self.members.contains_key(&id)
            || self.others.contains_key(&id)
            || self.unreadable.contains(&id);
        is_here.then_some(id)
    }
}
