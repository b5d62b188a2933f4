//! What answers are made of while a commit is in force.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, PoisonError},
};

use jiff::tz::TimeZone;

use crate::{
    domain::{
        access::Index,
        model::{Facility, Member, MemberId, Record, RecordPath, Slug, SpaceKey},
    },
    store::{Store, StoreError},
    time_zones,
};

/// A commit's index, and what else is asked for often.
pub(super) struct InForce {
    /// The index that decides.
    pub(super) index: Arc<Index>,
    /// The key that codes are hashed with, if there is one.
    pub(super) key: Option<SpaceKey>,
    /// The facilities that can be read.
    pub(super) facilities: BTreeMap<Slug, Facility>,
    /// The name of the space.
    pub(super) name: String,
    /// The time zone of the space.
    pub(super) zone: TimeZone,
    names: Mutex<HashMap<MemberId, Option<Arc<str>>>>,
}

impl InForce {
    /// Reads what belongs to an index.
    ///
    /// # Errors
    /// The commit cannot be read.
    pub(super) fn new(
        store: &Store,
        index: Arc<Index>,
        key: Option<SpaceKey>,
    ) -> Result<Self, StoreError> {
        let (basis, _) = store.read(index.commit())?.basis();
        let facilities = basis.facilities.iter();
        let readable = facilities.filter_map(|(name, it)| Some((name, it.facility.get()?)));
        let space = basis.space.get();
        Ok(Self {
            facilities: readable.map(|(name, it)| (name.clone(), it.clone())).collect(),
            name: space.map(|it| it.name.clone()).unwrap_or_default(),
            zone: space.and_then(|it| time_zones::find(&it.time_zone)).unwrap_or(TimeZone::UTC),
            names: Mutex::default(),
            index,
            key,
        })
    }

    /// Returns the name of a member, looked up once for each commit.
    pub(super) fn name_of(&self, store: &Store, id: MemberId) -> Option<Arc<str>> {
        let known = self.names.lock().unwrap_or_else(PoisonError::into_inner).get(&id).cloned();
        if let Some(known) = known {
            return known;
        }
        let read = store.read(self.index.commit()).ok()?;
        let name = match read.record(&RecordPath::Member(id)) {
            Ok(Some(Record::Member(Member { name, .. }))) => Some(Arc::from(name)),
            _ => None,
        };
        self.names.lock().unwrap_or_else(PoisonError::into_inner).insert(id, name.clone());
        name
    }
}
