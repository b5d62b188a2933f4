//! A space whose members pay by two processors, in one process: to it anything may happen.

use std::{
    collections::{BTreeMap, BTreeSet},
    process::Command,
    sync::OnceLock,
};

use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};
use proptest::sample::Index;
use space::{
    app::{
        carry_out,
        service::{self, Accounts, Follower, Look},
    },
    domain::{
        follow::Confirmed,
        model::MemberId,
        ops::{self, Planned},
    },
    integrations::processor::{Fault, ProcessorKind, StandIn},
    store::{Revision, Store},
};

use super::taken::Taken;
use crate::{
    on_disk::{OnDisk, now},
    world::{BACK, KEY, KINDS, client, name, stand_in_at},
};

/// Whoever is there says that everything is meant.
const CONFIRMED: Confirmed = Confirmed { removals: Some(99), smaller: true };

/// How often receiving and applying are repeated at most until nothing is left to do.
const ROUNDS: usize = 4;

/// One of the processors.
pub(super) struct Side {
    pub(super) kind: ProcessorKind,
    pub(super) there: StandIn,
    follower: Follower,
    /// How many of its events were read.
    told: usize,
    /// Which disputes are open: money that a payer took back.
    pub(super) disputed: BTreeSet<String>,
    /// Which were decided for the space: that is final.
    pub(super) decided: BTreeSet<String>,
    /// Who was to be charged when everything agreed last, and the first day on which not.
    wanted: BTreeMap<MemberId, Option<Date>>,
    /// What had been taken then.
    before: BTreeSet<String>,
}

/// The space, and both processors.
pub(super) struct Both {
    dir: tempfile::TempDir,
    pub(super) now: Timestamp,
    /// How far the clocks of the processors are ahead of ours.
    pub(super) skew: SignedDuration,
    pub(super) sides: [Side; 2],
}

/// A space with two tiers and nobody in it, to copy.
fn template() -> &'static OnDisk {
    static TEMPLATE: OnceLock<OnDisk> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let it = OnDisk::new();
        it.run(&["tier", "add", "maker", "--name", "Maker", "--price", "25", "--concessions"]);
        it.run(&["tier", "add", "patron", "--name", "Patron", "--price", "40"]);
        it
    })
}

impl Both {
    pub(super) fn new(skew: SignedDuration) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mut copy = Command::new("cp");
        copy.arg("-r").arg(template().space_dir()).arg(dir.path().join("makers"));
        assert!(copy.status().unwrap().success());
        let there = KINDS.map(|kind| (kind, stand_in_at(kind, now() + skew)));
        let follower = |own: usize| {
            let (kind, (_, url)) = &there[own];
            let (other, (_, other_url)) = &there[1 - own];
            Follower {
                name: name(*kind).parse().unwrap(),
                return_url: Some(BACK.to_owned()),
                processor: client(*kind, url, KEY),
                others: [(name(*other).parse().unwrap(), Ok(client(*other, other_url, KEY)))]
                    .into(),
                accounts: Accounts::default(),
            }
        };
        let side = |own: usize| Side {
            kind: there[own].0,
            there: there[own].1.0.clone(),
            follower: follower(own),
            told: 0,
            disputed: BTreeSet::new(),
            decided: BTreeSet::new(),
            wanted: BTreeMap::new(),
            before: BTreeSet::new(),
        };
        Self { sides: [side(0), side(1)], dir, now: now(), skew }
    }

    pub(super) fn store(&self) -> Store {
        Store::open(&self.dir.path().join("makers")).unwrap()
    }

    /// Returns the local day.
    pub(super) fn today(&self) -> Date {
        self.now.to_zoned(TimeZone::get("Europe/London").unwrap()).date()
    }

    /// Returns how many members there are.
    pub(super) fn members(&self) -> usize {
        let store = self.store();
        store.read(store.head().unwrap()).unwrap().census().all_members().members().len()
    }

    /// Changes the records, unless they are as they should be already.
    pub(super) fn change(&self, plan: impl FnOnce(&Revision<'_>) -> Planned) {
        let store = self.store();
        let head = store.read(store.head().unwrap()).unwrap();
        let Ok(plan) = plan(&head) else { return };
        if let Err(error) = carry_out::carry_out(&head, &plan, self.now) {
            // The checks may refuse it: a child has no children.
            assert!(!error.findings.is_empty(), "{error:?}");
        }
    }

    /// Lets time pass everywhere.
    pub(super) fn wait(&mut self, time: SignedDuration) {
        self.now += time;
        for side in &self.sides {
            side.there.advance(self.now + self.skew);
        }
    }

    /// Receives and applies at both as the timer does, and may fail.
    pub(super) fn try_round(&mut self, faults: &[Vec<Option<Fault>>; 2]) {
        for (side, faults) in self.sides.iter().zip(faults) {
            side.there.fail(faults.iter().copied());
        }
        for side in 0..2 {
            let _ = self.receive(side);
        }
        for side in 0..2 {
            let _ = self.apply(side);
        }
        self.sides.iter().for_each(|side| side.there.fail_no_more());
    }

    /// Records what happened at one; returns how many commits that took.
    fn receive(&mut self, side: usize) -> Result<usize, String> {
        let (store, now) = (self.store(), self.now);
        let Side { there, follower, told, .. } = &mut self.sides[side];
        let events = there.all("events").len();
        let done = service::receive(&store, follower, Some(99), now);
        let done = done.map_err(|it| it.to_string())?;
        *told = events;
        Ok(done.commits.len())
    }

    /// Brings one to agree; returns the steps that were taken or refused, and what it looked like.
    fn apply(&mut self, side: usize) -> Result<Vec<String>, String> {
        let (store, now) = (self.store(), self.now);
        let head = store.read(store.head().unwrap()).unwrap();
        let follower = &mut self.sides[side].follower;
        let look = service::look(&head, follower, CONFIRMED, now).map_err(|it| it.to_string())?;
        let done = service::apply(&head, follower, look, now).map_err(|it| it.to_string())?;
        let taken = done.steps.iter().map(|it| format!("{} {}", it.action.word(), it.member));
        let refused = done.refused.iter();
        let refused = refused.map(|(it, why)| format!("{} {}: {why}", it.action.word(), it.member));
        let recorded = done.commit.iter().map(|_| "recorded".to_owned());
        Ok(taken.chain(refused).chain(recorded).collect())
    }

    /// Compares one with the records.
    pub(super) fn look(&mut self, side: usize) -> Look {
        let store = self.store();
        let head = store.read(store.head().unwrap()).unwrap();
        let it = &mut self.sides[side];
        service::look(&head, &mut it.follower, CONFIRMED, self.now).unwrap()
    }

    /// Receives and applies at both until nothing is left to do: that has to come soon, and to stay so.
    pub(super) fn settle(&mut self) {
        let mut last = Vec::new();
        for _ in 0..ROUNDS {
            last.clear();
            for side in 0..2 {
                let commits = self.receive(side).unwrap();
                last.extend((commits > 0).then(|| format!("{commits} commits")));
            }
            for side in 0..2 {
                last.extend(self.apply(side).unwrap());
            }
            if last.is_empty() {
                break;
            }
        }
        assert_eq!(last, [""; 0], "something is left to do again and again");
        for side in 0..2 {
            let look = self.look(side);
            assert_eq!((look.plan.steps, look.plan.unrecorded), (vec![], vec![]));
            assert_eq!((look.plan.drift, look.stops), (vec![], vec![]));
            let wanted = look.wanted.members.iter().map(|(id, want)| (*id, want.until));
            self.sides[side].wanted = wanted.collect();
            let taken = Taken::all(&self.sides[side]);
            self.sides[side].before =
                taken.into_iter().filter(Taken::is_final).map(|it| it.id).collect();
        }
    }

    /// Returns the members by their accounts.
    pub(super) fn accounts(&self, side: usize) -> BTreeMap<String, MemberId> {
        let store = self.store();
        let head = store.read(store.head().unwrap()).unwrap();
        let own = name(self.sides[side].kind);
        let account = |(id, it): (MemberId, space::domain::model::Contact)| {
            Some((it.accounts.get(own)?.clone(), id))
        };
        head.contacts(|_| true).into_iter().filter_map(account).collect()
    }

    /// Each member who waits for it says by what to pay; a processor may refuse that while the clocks
    /// differ.
    pub(super) fn agree(&mut self, member: MemberId) {
        for side in 0..2 {
            let look = self.look(side);
            let waits = look.plan.waits.iter();
            for wait in waits.filter(|it| it.member == member && it.because.is_none()) {
                let visit = service::visit(&look.wanted, member, BACK, self.now).unwrap();
                let Side { there, follower, .. } = &mut self.sides[side];
                match follower.processor.link(&wait.account, &visit) {
                    Ok(page) => assert!(there.pay(&page), "{page}"),
                    Err(why) => assert!(self.skew != SignedDuration::ZERO, "{why}"),
                }
            }
        }
    }

    /// Shuffles what happened and was not read yet, and lets some of it be told twice.
    pub(super) fn shuffle(&self, order: &[Index]) {
        for side in &self.sides {
            let mut events = side.there.all("events").split_off(side.told);
            for it in &events {
                side.there.remove("events", it["id"].as_str().unwrap());
            }
            if events.is_empty() {
                continue;
            }
            for (number, index) in order.iter().enumerate() {
                let (at, to) = (index.index(events.len()), number % events.len());
                events.swap(at, to);
                let mut again = events[to].clone();
                again["id"] = format!("{}_again", again["id"].as_str().unwrap()).into();
                events.push(again);
            }
            events.into_iter().for_each(|it| side.there.add_by_hand("events", it));
        }
    }

    /// Nobody is charged who was not to be charged when everything agreed last.
    pub(super) fn check_who_was_charged(&self) {
        for (side, it) in self.sides.iter().enumerate() {
            let accounts = self.accounts(side);
            for taken in Taken::all(it) {
                if !taken.is_final() || it.before.contains(&taken.id) {
                    continue;
                }
                let Some(member) = accounts.get(&taken.account) else { continue };
                let Some(until) = it.wanted.get(member) else {
                    panic!("{member} is charged and does not pay by it: {taken:?}");
                };
                assert!(until.is_none_or(|until| taken.on < until), "{taken:?} until {until:?}");
            }
        }
    }
}

/// Plans to add a member.
pub(super) fn joins(
    records: &Revision<'_>,
    number: usize,
    parent: Option<MemberId>,
    pays_by: Option<ProcessorKind>,
    joined: Date,
) -> Planned {
    let id = MemberId::new(u64::try_from(number).unwrap()).unwrap();
    let contact = space::domain::model::Contact {
        email: Some(format!("m{number}@example.org")),
        pays_by: pays_by.map(|kind| name(kind).parse().unwrap()),
        ..Default::default()
    };
    let request = ops::member::Add {
        id,
        name: format!("Member Number{number}"),
        tier: "maker".parse().unwrap(),
        joined,
        parent,
        concession: None,
        chosen_amount: None,
        paid_until: None,
        contact,
    };
    ops::member::add(records, request)
}
