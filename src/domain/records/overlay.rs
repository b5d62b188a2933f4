//! The records as a change would leave them, without applying it.

use std::borrow::Cow;

use jiff::civil::Date;

use super::{Catalogue, Records};
use crate::domain::model::{
    Change, CodeHash, Edit, MemberId, Record, RecordPath, Slug, Tag, budget,
};

/// One or several changes laid over the records they apply to.
#[derive(Clone)]
pub struct Overlay<'a> {
    change: Cow<'a, Change>,
    before: &'a dyn Records,
    /// The records that the change writes, indexed, since there may be many.
    written: Catalogue,
}

impl<'a> Overlay<'a> {
    /// Lays a change over records.
    #[must_use]
    pub fn new(change: &'a Change, before: &'a dyn Records) -> Self {
        let mut written = Catalogue::default();
        written.apply(change);
        Self { change: Cow::Borrowed(change), before, written }
    }

    /// Starts without a change.
    #[must_use]
    pub fn nothing(before: &'a dyn Records) -> Self {
        let (change, written) = (Cow::Owned(Change::new("", "")), Catalogue::default());
        Self { change, before, written }
    }

    /// Lays another change over the records as they are with those before it.
    pub fn add(&mut self, change: &Change) {
        self.written.apply(change);
        let edits = change.edits.iter().map(|(path, edit)| (path.clone(), edit.clone()));
        self.change.to_mut().edits.extend(edits);
    }

    /// Returns all changes as one.
    #[must_use]
    pub fn into_change(self) -> Change {
        self.change.into_owned()
    }

    /// Joins the old entries that are not edited with those that the change writes.
    fn merge<T: Ord>(&self, old: Vec<T>, path: impl Fn(&T) -> RecordPath, new: Vec<T>) -> Vec<T> {
        let kept = old.into_iter().filter(|item| !self.change.edits.contains_key(&path(item)));
        let mut all: Vec<T> = kept.chain(new).collect();
        all.sort();
        all.dedup();
        all
    }

    /// How many entries to request so that `most` are left after the change.
    fn enough(&self, most: usize) -> usize {
        most.saturating_add(self.change.edits.len())
    }
}

impl Records for Overlay<'_> {
    fn record(&self, path: &RecordPath) -> Option<Record> {
        match self.change.edits.get(path) {
            Some(Edit::Put(record)) => Some((**record).clone()),
            Some(Edit::Remove) => None,
            None => self.before.record(path),
        }
    }

    fn exists(&self, path: &RecordPath) -> bool {
        match self.change.edits.get(path) {
            Some(edit) => matches!(edit, Edit::Put(_)),
            None => self.before.exists(path),
        }
    }

    fn facilities(&self) -> Vec<Slug> {
        let path = |name: &Slug| RecordPath::Facility(name.clone());
        self.merge(self.before.facilities(), path, self.written.facilities())
    }

    fn requirements(&self, facility: &Slug) -> Vec<Tag> {
        let path = |tag: &Tag| RecordPath::Requirement(facility.clone(), tag.clone());
        self.merge(self.before.requirements(facility), path, self.written.requirements(facility))
    }

    fn meters(&self) -> Vec<Slug> {
        let path = |name: &Slug| RecordPath::Meter(name.clone());
        self.merge(self.before.meters(), path, self.written.meters())
    }

    fn zones(&self) -> Vec<Slug> {
        let path = |name: &Slug| RecordPath::Zone(name.clone());
        self.merge(self.before.zones(), path, self.written.zones())
    }

    fn channels(&self) -> Vec<Slug> {
        let path = |name: &Slug| RecordPath::Channel(name.clone());
        self.merge(self.before.channels(), path, self.written.channels())
    }

    fn within(&self, member: MemberId) -> Vec<RecordPath> {
        self.merge(self.before.within(member), RecordPath::clone, self.written.within(member))
    }

    fn holders(&self, code: &CodeHash) -> Vec<(MemberId, Tag)> {
        let path = |(id, tag): &(MemberId, Tag)| RecordPath::Credential(*id, tag.clone());
        self.merge(self.before.holders(code), path, self.written.holders(code))
    }

    fn tagged(&self, tag: &Tag) -> Vec<RecordPath> {
        self.merge(self.before.tagged(tag), RecordPath::clone, self.written.tagged(tag))
    }

    fn members_of(&self, tier: &Slug, most: usize) -> Vec<MemberId> {
        let old = self.before.members_of(tier, self.enough(most));
        let new = self.written.members_of(tier, most);
        let mut all = self.merge(old, |id| RecordPath::Member(*id), new);
        all.truncate(most);
        all
    }

    fn users_of(&self, facility: &Slug, most: usize) -> Vec<RecordPath> {
        let old = self.before.users_of(facility, self.enough(most));
        let new = self.written.users_of(facility, most);
        let mut all = self.merge(old, RecordPath::clone, new);
        all.truncate(most);
        all
    }

    fn children(&self, parent: MemberId) -> Vec<MemberId> {
        let new = self.written.children(parent);
        self.merge(self.before.children(parent), |id| RecordPath::Member(*id), new)
    }

    fn payments(&self) -> Vec<(MemberId, Tag)> {
        let path = |(id, name): &(MemberId, Tag)| RecordPath::Payment(*id, name.clone());
        self.merge(self.before.payments(), path, self.written.payments())
    }

    fn as_of(&self, member: MemberId, day: Date) -> Option<Box<dyn Records + '_>> {
        self.before.as_of(member, day)
    }

    fn load(&self) -> u64 {
        let former =
            self.change.edits.keys().filter(|path| path.most_bytes() < budget::RECORD_BYTES);
        let former = former.filter_map(|path| self.before.record(path));
        let gone: u64 = former.map(|record| budget::load_of(&record)).sum();
        (self.before.load() + self.written.load()).saturating_sub(gone)
    }

    fn unmatched(&self) -> Vec<(i16, Tag)> {
        let path = |(year, id): &(i16, Tag)| RecordPath::Unmatched(*year, id.clone());
        self.merge(self.before.unmatched(), path, self.written.unmatched())
    }
}
