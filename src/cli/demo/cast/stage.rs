//! The space as the cast finds it, and what they write into it.

use jiff::{Timestamp, civil::Date};

use crate::domain::{
    model::{Change, Key, MemberId, Requirement, Slug, Tag},
    ops::{self, Planned, Refusal},
    records::{Catalogue, Records},
};

/// The space as it was left by the changes so far.
pub(super) struct Stage<'k> {
    pub(super) all: Catalogue,
    pub(super) now: Timestamp,
    pub(super) today: Date,
    pub(super) key: &'k Key,
    pub(super) changes: Vec<Change>,
}

impl Stage<'_> {
    pub(super) fn play(
        &mut self,
        verb: impl FnOnce(&dyn Records) -> Planned,
    ) -> Result<(), Refusal> {
        let change = verb(&self.all)?.change;
        self.all.apply(&change);
        self.changes.push(change);
        Ok(())
    }

    /// Returns a day so many days from today, before it where that is below zero.
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
        self.play(|all| ops::requirement::add(all, &facility, tag, requirement))
    }
}

pub(super) fn slug(text: &str) -> Slug {
    text.parse().expect("a name that is written here is one")
}

pub(super) fn tag(text: &str) -> Tag {
    text.parse().expect("a tag that is written here is one")
}

pub(super) fn id(number: u64) -> MemberId {
    MemberId::new(number).expect("the cast is small")
}
