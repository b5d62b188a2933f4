//! The records as a change would leave them, without making it.

use super::{Records, mentions};
use crate::domain::model::{Change, CodeHash, Edit, MemberId, Place, Record, Slug, Tag};

/// A change laid over the records that it is made to.
#[derive(Clone, Copy)]
pub struct Overlay<'a> {
    change: &'a Change,
    before: &'a dyn Records,
}

impl<'a> Overlay<'a> {
    /// Lays a change over records.
    #[must_use]
    pub const fn new(change: &'a Change, before: &'a dyn Records) -> Self {
        Self { change, before }
    }

    fn puts(&self) -> impl Iterator<Item = (&'a Place, &'a Record)> {
        self.change.edits.iter().filter_map(|(place, edit)| match edit {
            Edit::Put(record) => Some((place, &**record)),
            Edit::Remove => None,
        })
    }

    /// Joins what was there and is not edited with what the change writes.
    fn merge<T: Ord>(
        &self,
        old: Vec<T>,
        place: impl Fn(&T) -> Place,
        new: impl Fn(&Place, &Record) -> Option<T>,
    ) -> Vec<T> {
        let kept = old.into_iter().filter(|item| !self.change.edits.contains_key(&place(item)));
        let written = self.puts().filter_map(|(place, record)| new(place, record));
        let mut all: Vec<T> = kept.chain(written).collect();
        all.sort();
        all.dedup();
        all
    }

    /// As many as may have to be asked for so that `most` are left after the change.
    fn enough(&self, most: usize) -> usize {
        most.saturating_add(self.change.edits.len())
    }
}

impl Records for Overlay<'_> {
    fn record(&self, place: &Place) -> Option<Record> {
        match self.change.edits.get(place) {
            Some(Edit::Put(record)) => Some((**record).clone()),
            Some(Edit::Remove) => None,
            None => self.before.record(place),
        }
    }

    fn exists(&self, place: &Place) -> bool {
        match self.change.edits.get(place) {
            Some(edit) => matches!(edit, Edit::Put(_)),
            None => self.before.exists(place),
        }
    }

    fn facilities(&self) -> Vec<Slug> {
        self.merge(
            self.before.facilities(),
            |name| Place::Facility(name.clone()),
            |place, _| place.facility().cloned(),
        )
    }

    fn requirements(&self, facility: &Slug) -> Vec<Tag> {
        self.merge(
            self.before.requirements(facility),
            |tag| Place::Requirement(facility.clone(), tag.clone()),
            |place, _| match place {
                Place::Requirement(name, tag) if name == facility => Some(tag.clone()),
                _ => None,
            },
        )
    }

    fn within(&self, member: MemberId) -> Vec<Place> {
        let inside = |place: &Place| (place.member() == Some(member)).then(|| place.clone());
        self.merge(self.before.within(member), Place::clone, |place, _| inside(place))
    }

    fn holders(&self, code: &CodeHash) -> Vec<(MemberId, Tag)> {
        self.merge(
            self.before.holders(code),
            |(id, tag)| Place::Credential(*id, tag.clone()),
            |place, record| match (place, record) {
                (Place::Credential(id, tag), Record::Credential(c)) if c.code == *code => {
                    Some((*id, tag.clone()))
                }
                _ => None,
            },
        )
    }

    fn tagged(&self, tag: &Tag) -> Vec<Place> {
        self.merge(self.before.tagged(tag), Place::clone, |place, _| match place {
            Place::Credential(_, other) | Place::Requirement(_, other) if other == tag => {
                Some(place.clone())
            }
            _ => None,
        })
    }

    fn members_of(&self, tier: &Slug, most: usize) -> Vec<MemberId> {
        let mut all = self.merge(
            self.before.members_of(tier, self.enough(most)),
            |id| Place::Member(*id),
            |place, record| match (place, record) {
                (Place::Member(id), Record::Member(member)) if member.tier == *tier => Some(*id),
                _ => None,
            },
        );
        all.truncate(most);
        all
    }

    fn users_of(&self, facility: &Slug, most: usize) -> Vec<Place> {
        let mut all = self.merge(
            self.before.users_of(facility, self.enough(most)),
            Place::clone,
            |place, record| {
                mentions::facility(place, Some(record), facility).then(|| place.clone())
            },
        );
        all.truncate(most);
        all
    }

    fn children(&self, parent: MemberId) -> Vec<MemberId> {
        self.merge(
            self.before.children(parent),
            |id| Place::Member(*id),
            |place, record| match (place, record) {
                (Place::Member(id), Record::Member(m)) if m.parent == Some(parent) => Some(*id),
                _ => None,
            },
        )
    }
}
