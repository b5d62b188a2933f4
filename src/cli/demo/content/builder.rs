//! The space under construction, and the changes that build it.

use jiff::{Timestamp, civil::Date};

use crate::domain::{
    model::{Change, MemberId, Requirement, Slug, SpaceKey, Tag},
    ops::{self, Planned, Refusal},
    records::{Catalogue, Records},
};

/// The space after the changes so far.
pub(super) struct Builder<'k> {
    pub(super) records: Catalogue,
    pub(super) now: Timestamp,
    pub(super) today: Date,
    pub(super) key: &'k SpaceKey,
    pub(super) changes: Vec<Change>,
}

impl Builder<'_> {
    pub(super) fn apply(
        &mut self,
        verb: impl FnOnce(&dyn Records) -> Planned,
    ) -> Result<(), Refusal> {
        let change = verb(&self.records)?.change;
        self.records.apply(&change);
        self.changes.push(change);
        Ok(())
    }

    /// Returns the day that many days after today, or before it if negative.
    pub(super) fn day(&self, days: i32) -> Date {
        self.today.saturating_add(jiff::Span::new().days(days))
    }

    pub(super) fn requirement(
        &mut self,
        facility: &str,
        name: &str,
        requirement: Requirement,
    ) -> Result<(), Refusal> {
        let (facility, tag) = (slug(facility), tag(name));
        self.apply(|records| ops::requirement::add(records, &facility, tag, requirement))
    }
}

pub(super) fn slug(text: &str) -> Slug {
    text.parse().expect("the names in this folder are valid")
}

pub(super) fn tag(text: &str) -> Tag {
    text.parse().expect("the tags in this folder are valid")
}

pub(super) fn id(number: u64) -> MemberId {
    MemberId::new(number).expect("the numbers in this folder are small")
}
