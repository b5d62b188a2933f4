//! What answers are made of while a commit is in force.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{Arc, Mutex, PoisonError},
};

use jiff::tz::TimeZone;

use crate::{
    domain::{
        access::Index,
        model::{Facility, MemberId, Slug, Space, SpaceKey},
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
    /// The settings, if they can be read.
    pub(super) space: Option<Space>,
    /// The name of the space.
    pub(super) name: String,
    /// The time zone of the space.
    pub(super) zone: TimeZone,
    people: Mutex<HashMap<MemberId, Arc<Person>>>,
}

/// What is said about a member to those who ask often.
#[derive(Debug)]
pub(super) struct Person {
    /// The name; empty if it cannot be read.
    pub(super) name: String,
    /// The facilities to which the member may induct others.
    pub(super) inductor_of: BTreeSet<Slug>,
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
            space: space.cloned(),
            people: Mutex::default(),
            index,
            key,
        })
    }

    /// Tells whether members may let guests in.
    pub(super) fn has_guests(&self) -> bool {
        self.space.as_ref().is_some_and(|it| it.self_service.guests.is_some())
    }

    /// Returns what is known about a member, looked up once for each commit.
    pub(super) fn person(&self, store: &Store, id: MemberId) -> Option<Arc<Person>> {
        let known = self.people.lock().unwrap_or_else(PoisonError::into_inner).get(&id).cloned();
        if let Some(known) = known {
            return Some(known);
        }
        let (folder, _) = store.read(self.index.commit()).ok()?.member(id);
        let folder = folder?;
        let own = folder.inductions.into_iter().filter(|(_, induction)| induction.inductor);
        let person = Arc::new(Person {
            name: folder.member.get().map(|member| member.name.clone()).unwrap_or_default(),
            inductor_of: own.map(|(facility, _)| facility).collect(),
        });
        let mut people = self.people.lock().unwrap_or_else(PoisonError::into_inner);
        people.insert(id, Arc::clone(&person));
        Some(person)
    }
}
