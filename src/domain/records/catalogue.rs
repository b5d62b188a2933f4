//! Every record of a space in memory, indexed for the questions that checks ask.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Records, mentions};
use crate::domain::model::{Change, CodeHash, Edit, MemberId, Place, Record, Slug, Tag};

/// All records at one moment, with the places of those that cannot be read.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    records: BTreeMap<Place, Record>,
    unreadable: BTreeSet<Place>,
    facilities: BTreeMap<Slug, BTreeSet<Tag>>,
    folders: HashMap<MemberId, BTreeSet<Place>>,
    codes: HashMap<CodeHash, BTreeSet<(MemberId, Tag)>>,
    tags: HashMap<Tag, BTreeSet<Place>>,
    tiers: HashMap<Slug, BTreeSet<MemberId>>,
    users: HashMap<Slug, BTreeSet<Place>>,
    children: HashMap<MemberId, BTreeSet<MemberId>>,
}

impl Catalogue {
    /// Adds or replaces a record.
    pub fn insert(&mut self, place: Place, record: Record) {
        self.remove(&place);
        self.enter(&place);
        match (&place, &record) {
            (Place::Credential(id, tag), Record::Credential(credential)) => {
                self.codes.entry(credential.code).or_default().insert((*id, tag.clone()));
            }
            (Place::Member(id), Record::Member(member)) => {
                self.tiers.entry(member.tier.clone()).or_default().insert(*id);
                if let Some(parent) = member.parent {
                    self.children.entry(parent).or_default().insert(*id);
                }
            }
            _ => {}
        }
        for name in mentions::facilities(&place, &record) {
            self.users.entry(name.clone()).or_default().insert(place.clone());
        }
        self.records.insert(place, record);
    }

    /// Adds a record that exists but cannot be read.
    pub fn insert_unreadable(&mut self, place: Place) {
        self.remove(&place);
        self.enter(&place);
        if let Place::Induction(_, facility) = &place {
            self.users.entry(facility.clone()).or_default().insert(place.clone());
        }
        self.unreadable.insert(place);
    }

    /// Removes a record.
    pub fn remove(&mut self, place: &Place) {
        let record = self.records.remove(place);
        if record.is_none() && !self.unreadable.remove(place) {
            return;
        }
        match (place, &record) {
            (Place::Requirement(facility, tag), _) => {
                if let Some(tags) = self.facilities.get_mut(facility) {
                    tags.remove(tag);
                }
                drop_from(&mut self.tags, tag, place);
            }
            (Place::Credential(id, tag), record) => {
                drop_from(&mut self.tags, tag, place);
                if let Some(Record::Credential(credential)) = record {
                    drop_from(&mut self.codes, &credential.code, &(*id, tag.clone()));
                }
            }
            (Place::Member(id), Some(Record::Member(member))) => {
                drop_from(&mut self.tiers, &member.tier, id);
                if let Some(parent) = member.parent {
                    drop_from(&mut self.children, &parent, id);
                }
            }
            _ => {}
        }
        if let Some(id) = place.member() {
            drop_from(&mut self.folders, &id, place);
        }
        match (place, &record) {
            (Place::Induction(_, facility), _) => drop_from(&mut self.users, facility, place),
            (_, Some(record)) => {
                for name in mentions::facilities(place, record) {
                    drop_from(&mut self.users, name, place);
                }
            }
            _ => {}
        }
    }

    /// Applies a change.
    pub fn apply(&mut self, change: &Change) {
        for (place, edit) in &change.edits {
            match edit {
                Edit::Put(record) => self.insert(place.clone(), (**record).clone()),
                Edit::Remove => self.remove(place),
            }
        }
    }

    /// Returns all readable records, sorted by place.
    pub fn iter(&self) -> impl Iterator<Item = (&Place, &Record)> {
        self.records.iter()
    }

    fn enter(&mut self, place: &Place) {
        match place {
            Place::Requirement(facility, tag) => {
                self.facilities.entry(facility.clone()).or_default().insert(tag.clone());
                self.tags.entry(tag.clone()).or_default().insert(place.clone());
            }
            Place::Credential(_, tag) => {
                self.tags.entry(tag.clone()).or_default().insert(place.clone());
            }
            _ => {}
        }
        if let Some(id) = place.member() {
            self.folders.entry(id).or_default().insert(place.clone());
        }
    }
}

impl FromIterator<(Place, Record)> for Catalogue {
    fn from_iter<I: IntoIterator<Item = (Place, Record)>>(records: I) -> Self {
        let mut all = Self::default();
        records.into_iter().for_each(|(place, record)| all.insert(place, record));
        all
    }
}

fn drop_from<K: std::hash::Hash + Eq, V: Ord>(
    index: &mut HashMap<K, BTreeSet<V>>,
    key: &K,
    value: &V,
) {
    if let Some(values) = index.get_mut(key) {
        values.remove(value);
        if values.is_empty() {
            index.remove(key);
        }
    }
}

fn some<K: std::hash::Hash + Eq, V: Ord + Clone>(
    index: &HashMap<K, BTreeSet<V>>,
    key: &K,
    most: usize,
) -> Vec<V> {
    index.get(key).into_iter().flatten().take(most).cloned().collect()
}

impl Records for Catalogue {
    fn record(&self, place: &Place) -> Option<Record> {
        self.records.get(place).cloned()
    }

    fn exists(&self, place: &Place) -> bool {
        self.records.contains_key(place) || self.unreadable.contains(place)
    }

    fn facilities(&self) -> Vec<Slug> {
        let all = self.records.keys().chain(&self.unreadable);
        let names: BTreeSet<&Slug> = all.filter_map(Place::facility).collect();
        names.into_iter().cloned().collect()
    }

    fn requirements(&self, facility: &Slug) -> Vec<Tag> {
        self.facilities.get(facility).into_iter().flatten().cloned().collect()
    }

    fn within(&self, member: MemberId) -> Vec<Place> {
        some(&self.folders, &member, usize::MAX)
    }

    fn holders(&self, code: &CodeHash) -> Vec<(MemberId, Tag)> {
        some(&self.codes, code, usize::MAX)
    }

    fn tagged(&self, tag: &Tag) -> Vec<Place> {
        some(&self.tags, tag, usize::MAX)
    }

    fn members_of(&self, tier: &Slug, most: usize) -> Vec<MemberId> {
        some(&self.tiers, tier, most)
    }

    fn users_of(&self, facility: &Slug, most: usize) -> Vec<Place> {
        some(&self.users, facility, most)
    }

    fn children(&self, parent: MemberId) -> Vec<MemberId> {
        some(&self.children, &parent, usize::MAX)
    }

    fn payments(&self) -> Vec<(MemberId, Tag)> {
        let of = |place: &Place| match place {
            Place::Payment(id, name) => Some((*id, name.clone())),
            _ => None,
        };
        self.folders
            .values()
            .flatten()
            .filter_map(of)
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect()
    }

    fn unmatched(&self) -> Vec<(i16, Tag)> {
        let of = |place: &Place| match place {
            Place::Unmatched(year, id) => Some((*year, id.clone())),
            _ => None,
        };
        let all = self.records.keys().chain(&self.unreadable);
        all.filter_map(of).collect::<BTreeSet<_>>().into_iter().collect()
    }
}
