//! The admins and their repository: real changes by the real verbs, and what they are expected to mean.

use std::{collections::BTreeMap, path::Path};

use jiff::{Timestamp, ToSpan as _};

use super::{
    expected::{Expected, Given, Person, day, demands_induction, hours_later},
    fault::Fault,
    house::House,
    script::Script,
    step::Step,
};
use crate::{
    app::init,
    domain::{
        model::{
            Code, CommitId, Contact, CredentialType, Facility, FacilityKind, Grant, MemberId,
            Record, RecordPath, Requirement, Slug, SpaceKey, StaleRule, Tag,
        },
        ops::{self, Planned, credential::Which, induction::Add, member::Credentials},
        records::Records,
    },
    store::{Author, Durability, InitOptions, Store, StoreError, json},
};

/// The office.
pub(super) struct Office {
    pub(super) store: Store,
    pub(super) key: SpaceKey,
    /// What is expected of the newest commit, and of each before.
    pub(super) expected: Expected,
    pub(super) history: BTreeMap<CommitId, Expected>,
    /// The order of the commits.
    pub(super) order: Vec<CommitId>,
    /// All fobs that were ever given out.
    pub(super) fobs: Vec<String>,
    doors: usize,
    count: u32,
    fault: Option<Fault>,
}

/// Returns the facility of a door.
pub(super) fn facility(door: usize) -> Slug {
    format!("door-{}", door + 1).parse().expect("a short name")
}

fn author() -> Author {
    Author { name: "Office".into(), email: "office@example.org".into() }
}

pub(super) fn id(number: u64) -> MemberId {
    MemberId::new(number).expect("a small number")
}

impl Office {
    /// Creates a space with some doors that members open at any time.
    pub(super) fn open(dir: &Path, doors: usize, fault: Option<Fault>) -> Result<Self, StoreError> {
        let mut files = init::template_files(false);
        for (path, bytes) in &mut files {
            if path == "space.json"
                && let Ok(Record::Space(mut space)) = json::strict(&RecordPath::Space, bytes)
            {
                space.time_zone = "UTC".to_owned();
                *bytes = json::canonical(&Record::Space(space));
            }
        }
        let now = Script::moment(0);
        // The same seed has the same commits.
        let key = Some(SpaceKey::from_bytes([7; 32]));
        let options = InitOptions { bare: true, key, ..InitOptions::default() };
        let mut store = Store::init(dir, &files, &author(), &options, now)?;
        store.set_durability(Durability::Rehearsal); // nobody pulls the plug of this one
        let mut office = Self {
            key: store.key()?,
            store,
            expected: Expected::default(),
            history: BTreeMap::new(),
            order: Vec::new(),
            fobs: Vec::new(),
            doors,
            count: 0,
            fault,
        };
        office.note(office.store.head()?);
        for door in 0..doors {
            let name = facility(door);
            office
                .commit(now, |records| ops::facility::add(records, name.clone(), opening(door)))?;
            let always = Requirement {
                priority: 1,
                description: None,
                arm: None,
                timespec: "always".to_owned(),
            };
            let tag = tag(&format!("always-{door}"));
            office.commit(now, |records| ops::requirement::add(records, &name, tag, always))?;
        }
        Ok(office)
    }

    pub(super) fn head(&self) -> CommitId {
        self.order.last().copied().unwrap_or_default()
    }

    fn note(&mut self, commit: CommitId) {
        self.history.insert(commit, self.expected.clone());
        if self.order.last() != Some(&commit) {
            self.order.push(commit);
        }
    }

    /// Commits a change; what the verb or a check refuses is `false`.
    fn commit(
        &mut self,
        now: Timestamp,
        verb: impl FnOnce(&dyn Records) -> Planned,
    ) -> Result<bool, StoreError> {
        self.commit_on(self.store.head()?, now, verb)
    }

    fn commit_on(
        &mut self,
        base: CommitId,
        now: Timestamp,
        verb: impl FnOnce(&dyn Records) -> Planned,
    ) -> Result<bool, StoreError> {
        let Ok(plan) = verb(&self.store.read(base)?) else { return Ok(false) };
        if self.fault == Some(Fault::LoseChange) && self.order.len() > 20 {
            return Ok(true);
        }
        match self.store.apply(&plan.change, base, &author(), now) {
            Ok(applied) => {
                // Its meaning is noted by whoever asked for it.
                self.order.push(applied.commit);
                self.order.dedup();
                Ok(true)
            }
            Err(StoreError::Refused(_) | StoreError::Overtaken(_)) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Lets the admins do something; returns it in words, if they did it.
    pub(super) fn act(&mut self, step: Step, now: Timestamp) -> Result<Option<String>, StoreError> {
        let members: Vec<u64> = self.expected.members.keys().copied().collect();
        let member = |at: usize| members.get(at % members.len().max(1)).copied();
        let said = match step {
            Step::Join => self.join(now)?,
            Step::GiveFob(at) => match member(at) {
                Some(member) => self.give_fob(member, now)?,
                None => None,
            },
            Step::LoseFob(at) => self.lose_fob(at, now)?,
            Step::Suspend(at) => match member(at) {
                Some(member) => self.suspend(self.store.head()?, member, now)?,
                None => None,
            },
            Step::Resume(at) => match member(at) {
                Some(member) => self
                    .commit(now, |records| ops::member::resume(records, id(member)))?
                    .then(|| self.person(member).suspended = None)
                    .map(|()| format!("member {member} is no longer suspended")),
                None => None,
            },
            Step::Leave(at) => match member(at) {
                Some(member) => {
                    let today = day(now);
                    let leave = |records: &dyn Records| {
                        ops::member::leave(records, id(member), today, Credentials::Keep)
                    };
                    let done = self.commit(now, leave)?;
                    done.then(|| self.person(member).left = Some(today))
                        .map(|()| format!("member {member} leaves"))
                }
                None => None,
            },
            Step::Pay(at, months) => match member(at) {
                Some(member) => self.pay(self.store.head()?, member, months, now)?,
                None => None,
            },
            Step::Both(at) => match member(at) {
                Some(member) => self.both(member, now)?,
                None => None,
            },
            Step::Induct(at) => match member(at) {
                Some(member) => self.induct(member, now)?,
                None => None,
            },
            Step::OpenHouse(door, after, hours) => self.open_house(door, (after, hours), now)?,
            Step::CallOff => self.call_off(now)?,
            _ => None,
        };
        self.note(self.store.head()?);
        Ok(said)
    }

    fn person(&mut self, member: u64) -> &mut Person {
        self.expected.members.get_mut(&member).expect("it was chosen from these")
    }

    fn join(&mut self, now: Timestamp) -> Result<Option<String>, StoreError> {
        let number = self.expected.members.last_key_value().map_or(1, |(last, _)| last + 1);
        let today = day(now);
        let paid_until = today.checked_add(1.month()).unwrap_or(today);
        let request = ops::member::Add {
            id: id(number),
            name: format!("Member {number}"),
            tier: "standard".parse().expect("a short name"),
            joined: today,
            parent: None,
            concession: None,
            chosen_amount: None,
            paid_until: Some(paid_until),
            contact: Contact::default(),
        };
        if !self.commit(now, |records| ops::member::add(records, request))? {
            return Ok(None);
        }
        let inducted = BTreeMap::new();
        let person = Person { left: None, suspended: None, paid_until, inducted };
        self.expected.members.insert(number, person);
        self.note(self.store.head()?);
        self.give_fob(number, now)?;
        Ok(Some(format!("member {number} joins")))
    }

    fn give_fob(&mut self, member: u64, now: Timestamp) -> Result<Option<String>, StoreError> {
        let number = (1_000 + self.fobs.len()).to_string();
        let code = Code::fob(&number).expect("a number").hash(&self.key);
        let doors = self.store.read(self.store.head()?)?.facilities();
        let doors = doors.into_iter().filter(|name| name.as_str().starts_with("door-"));
        let grants = doors
            .map(|facility| Grant { facility, priority: 1, effective: now, expiration: None })
            .collect();
        let request = ops::credential::Add {
            member: id(member),
            tag: tag(&format!("fob-{number}")),
            kind: CredentialType::Fob,
            code,
            grants,
        };
        if !self.commit(now, |records| ops::credential::add(records, request))? {
            return Ok(None);
        }
        self.expected.fobs.insert(number.clone(), Given { member, from: now });
        self.fobs.push(number);
        Ok(Some(format!("member {member} gets another fob")))
    }

    fn lose_fob(&mut self, at: usize, now: Timestamp) -> Result<Option<String>, StoreError> {
        let Some(number) = self.fobs.get(at % self.fobs.len().max(1)).cloned() else {
            return Ok(None);
        };
        let which = Which::Tags(vec![tag(&format!("fob-{number}"))]);
        let done = self.commit(now, |records| ops::credential::revoke(records, &which, None))?;
        Ok(done.then(|| {
            self.expected.fobs.remove(&number);
            format!("fob {number} is lost and revoked")
        }))
    }

    fn suspend(
        &mut self,
        base: CommitId,
        member: u64,
        now: Timestamp,
    ) -> Result<Option<String>, StoreError> {
        let (today, reason) = (day(now), "simulated".to_owned());
        let done = self.commit_on(base, now, |records| {
            ops::member::suspend(records, id(member), today, reason)
        })?;
        Ok(done.then(|| {
            self.person(member).suspended = Some(today);
            format!("member {member} is suspended")
        }))
    }

    fn pay(
        &mut self,
        base: CommitId,
        member: u64,
        months: u16,
        now: Timestamp,
    ) -> Result<Option<String>, StoreError> {
        self.count += 1;
        let request = ops::payment::Add {
            member: id(member),
            id: tag(&format!("pay-{}", self.count)),
            date: day(now),
            amount: 2_500 * i64::from(months),
            months: Some(months),
            text: "simulated".to_owned(),
            source: Some("cash".to_owned()),
        };
        let done = self.commit_on(base, now, |records| ops::payment::add(records, request))?;
        Ok(done.then(|| {
            self.person(member).pay(months, day(now));
            format!("member {member} pays for {months} months")
        }))
    }

    /// Two admins look at the same commit, and both change the same member.
    fn both(&mut self, member: u64, now: Timestamp) -> Result<Option<String>, StoreError> {
        let base = self.store.head()?;
        let first = self.suspend(base, member, now)?;
        self.note(self.store.head()?);
        let second = self.pay(base, member, 1, now)?;
        let outcome = match (&first, &second) {
            (Some(_), Some(_)) => "both are done",
            (None, None) => "neither is done",
            _ => "one is done and one is refused",
        };
        Ok(Some(format!("two admins change member {member} at once: {outcome}")))
    }

    /// Inducts a member to everything that demands it.
    fn induct(&mut self, member: u64, now: Timestamp) -> Result<Option<String>, StoreError> {
        let (on, mut said) = (day(now), None);
        for door in (0..self.doors).filter(|door| demands_induction(*door)) {
            let facility = facility(door);
            let request = Add { member: id(member), facility, on, by: None, inductor: false };
            if self.commit(now, |records| ops::induction::add(records, request))? {
                self.person(member).inducted.entry(door).or_insert(on);
                said = Some(format!("member {member} is inducted"));
            }
        }
        Ok(said)
    }

    fn open_house(
        &mut self,
        door: usize,
        (after, hours): (i64, i64),
        now: Timestamp,
    ) -> Result<Option<String>, StoreError> {
        self.count += 1;
        let start = hours_later(now, after);
        let house = House {
            tag: tag(&format!("house-{}", self.count)),
            door,
            start,
            end: hours_later(start, hours),
        };
        let (name, requirement) = (facility(door), house.requirement());
        let done = self.commit(now, |records| {
            ops::requirement::add(records, &name, house.tag.clone(), requirement)
        })?;
        let words = format!("an open house is announced at door {} in {after} h", door + 1);
        Ok(done.then(|| {
            self.expected.houses.push(house);
            words
        }))
    }

    fn call_off(&mut self, now: Timestamp) -> Result<Option<String>, StoreError> {
        let Some(house) = self.expected.houses.first().cloned() else { return Ok(None) };
        let done = self.commit(now, |records| ops::requirement::revoke(records, &house.tag))?;
        Ok(done.then(|| {
            self.expected.houses.remove(0);
            format!("the open house at door {} is called off", house.door + 1)
        }))
    }
}

fn tag(text: &str) -> Tag {
    text.parse().expect("a valid tag")
}

fn opening(door: usize) -> Facility {
    Facility {
        name: format!("Door {}", door + 1),
        kind: FacilityKind::Door,
        induction: demands_induction(door),
        inductions_first: vec![],
        fob_first: false,
        controllers: [].into(),
        controller_key: None,
        grant_on_induction: None,
        // Every other door lets nobody in who may have been locked out a day ago.
        stale: (door % 2 == 1).then_some(StaleRule { after_days: 1, priority: None }),
    }
}
