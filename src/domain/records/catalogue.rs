//! Every record of a space in memory, indexed for the questions that checks ask.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Records, mentions};
use crate::domain::model::{
    Change, CodeHash, Edit, MemberId, Record, RecordPath, Slug, Tag, budget,
};

/// All records at one moment, with the paths of those that cannot be read.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    records: BTreeMap<RecordPath, Record>,
    unreadable: BTreeSet<RecordPath>,
    facilities: BTreeMap<Slug, BTreeSet<Tag>>,
    folders: HashMap<MemberId, BTreeSet<RecordPath>>,
    codes: HashMap<CodeHash, BTreeSet<(MemberId, Tag)>>,
    tags: HashMap<Tag, BTreeSet<RecordPath>>,
    tiers: HashMap<Slug, BTreeSet<MemberId>>,
    users: HashMap<Slug, BTreeSet<RecordPath>>,
    children: HashMap<MemberId, BTreeSet<MemberId>>,
}

impl Catalogue {
    /// Adds or replaces a record.
    pub fn insert(&mut self, path: RecordPath, record: Record) {
        self.remove(&path);
        self.enter(&path);
        match (&path, &record) {
            (RecordPath::Credential(id, tag), Record::Credential(credential)) => {
                self.codes.entry(credential.code).or_default().insert((*id, tag.clone()));
            }
            (RecordPath::Member(id), Record::Member(member)) => {
                self.tiers.entry(member.tier.clone()).or_default().insert(*id);
                if let Some(parent) = member.parent {
                    self.children.entry(parent).or_default().insert(*id);
                }
            }
            _ => {}
        }
        for name in mentions::facilities(&path, &record) {
            self.users.entry(name.clone()).or_default().insert(path.clone());
        }
        self.records.insert(path, record);
    }

    /// Adds a record that exists but cannot be read.
    pub fn insert_unreadable(&mut self, path: RecordPath) {
        self.remove(&path);
        self.enter(&path);
        if let RecordPath::Induction(_, facility) = &path {
            self.users.entry(facility.clone()).or_default().insert(path.clone());
        }
        self.unreadable.insert(path);
    }

    /// Removes a record.
    pub fn remove(&mut self, path: &RecordPath) {
        let record = self.records.remove(path);
        if record.is_none() && !self.unreadable.remove(path) {
            return;
        }
        match (path, &record) {
            (RecordPath::Requirement(facility, tag), _) => {
                if let Some(tags) = self.facilities.get_mut(facility) {
                    tags.remove(tag);
                }
                drop_from(&mut self.tags, tag, path);
            }
            (RecordPath::Credential(id, tag), record) => {
                drop_from(&mut self.tags, tag, path);
                if let Some(Record::Credential(credential)) = record {
                    drop_from(&mut self.codes, &credential.code, &(*id, tag.clone()));
                }
            }
            (RecordPath::Member(id), Some(Record::Member(member))) => {
                drop_from(&mut self.tiers, &member.tier, id);
                if let Some(parent) = member.parent {
                    drop_from(&mut self.children, &parent, id);
                }
            }
            _ => {}
        }
        if let Some(id) = path.member() {
            drop_from(&mut self.folders, &id, path);
        }
        match (path, &record) {
            (RecordPath::Induction(_, facility), _) => drop_from(&mut self.users, facility, path),
            (_, Some(record)) => {
                for name in mentions::facilities(path, record) {
                    drop_from(&mut self.users, name, path);
                }
            }
            _ => {}
        }
    }

    /// Applies a change.
    pub fn apply(&mut self, change: &Change) {
        for (path, edit) in &change.edits {
            match edit {
                Edit::Put(record) => self.insert(path.clone(), (**record).clone()),
                Edit::Remove => self.remove(path),
            }
        }
    }

    /// Returns all readable records, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = (&RecordPath, &Record)> {
        self.records.iter()
    }

    /// Returns what some paths name, readable or not.
    fn names(&self, of: impl Fn(&RecordPath) -> Option<Slug>) -> Vec<Slug> {
        let all = self.records.keys().chain(&self.unreadable);
        all.filter_map(of).collect::<BTreeSet<_>>().into_iter().collect()
    }

    fn enter(&mut self, path: &RecordPath) {
        match path {
            RecordPath::Requirement(facility, tag) => {
                self.facilities.entry(facility.clone()).or_default().insert(tag.clone());
                self.tags.entry(tag.clone()).or_default().insert(path.clone());
            }
            RecordPath::Credential(_, tag) => {
                self.tags.entry(tag.clone()).or_default().insert(path.clone());
            }
            _ => {}
        }
        if let Some(id) = path.member() {
            self.folders.entry(id).or_default().insert(path.clone());
        }
    }
}

impl FromIterator<(RecordPath, Record)> for Catalogue {
    fn from_iter<I: IntoIterator<Item = (RecordPath, Record)>>(records: I) -> Self {
        let mut all = Self::default();
        records.into_iter().for_each(|(path, record)| all.insert(path, record));
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
    fn record(&self, path: &RecordPath) -> Option<Record> {
        self.records.get(path).cloned()
    }

    fn exists(&self, path: &RecordPath) -> bool {
        self.records.contains_key(path) || self.unreadable.contains(path)
    }

    fn facilities(&self) -> Vec<Slug> {
        let all = self.records.keys().chain(&self.unreadable);
        let names: BTreeSet<&Slug> = all.filter_map(RecordPath::facility).collect();
        names.into_iter().cloned().collect()
    }

    fn requirements(&self, facility: &Slug) -> Vec<Tag> {
        self.facilities.get(facility).into_iter().flatten().cloned().collect()
    }

    fn meters(&self) -> Vec<Slug> {
        let of = |path: &RecordPath| match path {
            RecordPath::Meter(name) => Some(name.clone()),
            _ => None,
        };
        self.names(of)
    }

    fn zones(&self) -> Vec<Slug> {
        let of = |path: &RecordPath| match path {
            RecordPath::Zone(name) => Some(name.clone()),
            _ => None,
        };
        self.names(of)
    }

    fn channels(&self) -> Vec<Slug> {
        let of = |path: &RecordPath| match path {
            RecordPath::Channel(name) => Some(name.clone()),
            _ => None,
        };
        self.names(of)
    }

    fn within(&self, member: MemberId) -> Vec<RecordPath> {
        some(&self.folders, &member, usize::MAX)
    }

    fn holders(&self, code: &CodeHash) -> Vec<(MemberId, Tag)> {
        some(&self.codes, code, usize::MAX)
    }

    fn tagged(&self, tag: &Tag) -> Vec<RecordPath> {
        some(&self.tags, tag, usize::MAX)
    }

    fn members_of(&self, tier: &Slug, most: usize) -> Vec<MemberId> {
        some(&self.tiers, tier, most)
    }

    fn users_of(&self, facility: &Slug, most: usize) -> Vec<RecordPath> {
        some(&self.users, facility, most)
    }

    fn children(&self, parent: MemberId) -> Vec<MemberId> {
        some(&self.children, &parent, usize::MAX)
    }

    fn payments(&self) -> Vec<(MemberId, Tag)> {
        let of = |path: &RecordPath| match path {
            RecordPath::Payment(id, name) => Some((*id, name.clone())),
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

    fn load(&self) -> u64 {
        self.records.values().map(budget::load_of).sum()
    }

    fn unmatched(&self) -> Vec<(i16, Tag)> {
        let of = |path: &RecordPath| match path {
            RecordPath::Unmatched(year, id) => Some((*year, id.clone())),
            _ => None,
        };
        let all = self.records.keys().chain(&self.unreadable);
        all.filter_map(of).collect::<BTreeSet<_>>().into_iter().collect()
    }
}
