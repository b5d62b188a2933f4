//! A decision with every step that led to it, for `space why`.

use jiff::{Timestamp, civil::Date};

use super::{
    Decision, Index, Side,
    decide::{Choice, choose, decide, when},
    entry::{Granted, Holder, Key},
    moment::Moment,
    name::Name,
};
use crate::domain::{
    dues::Cover,
    model::{CredentialType, MemberId, Outcome, Priority, Reason, Requirement, Slug, Tag},
    schedule::Interval,
};

/// Why a member may or may not open a facility at a moment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Explanation<'i> {
    /// Whom it is about.
    pub member: MemberId,
    /// What a reading of the member's best credential would get; nothing without a credential.
    pub decision: Option<Decision<'i>>,
    /// Every grant of the member, and what became of it.
    pub grants: Vec<SeenGrant<'i>>,
    /// Whether the member's record could be read.
    pub readable: bool,
    /// The first day on which the member was none any more.
    pub left: Option<Date>,
    /// The first day of a suspension.
    pub suspended: Option<Date>,
    /// Until when the dues are covered, grace included.
    pub cover: Cover,
    /// By whose payments the member is covered, if not by the member's own.
    pub parent: Option<MemberId>,
    /// The inductions that the facility demands.
    pub inductions: Vec<SeenInduction>,
    /// The requirements active at the moment, the highest first.
    pub requirements: Vec<ActiveRequirement<'i>>,
    /// Whether the facility stays shut since some record cannot be used, or the moment lies
    /// outside of what the index knows.
    pub shut: bool,
}

impl Explanation<'_> {
    /// Tells whether a requirement that is active holds the facility unlocked, whoever comes.
    #[must_use]
    pub fn held(&self) -> bool {
        let holds = |it: &Requirement| it.priority < 0 && it.arm.is_none();
        self.requirements.iter().any(|active| holds(active.requirement))
    }
}

/// A grant, and what became of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SeenGrant<'i> {
    /// The credential that it belongs to.
    pub tag: &'i Tag,
    /// Fob or passcode.
    pub kind: CredentialType,
    /// What it opens; nothing if that facility does not exist.
    pub facility: Option<&'i Slug>,
    /// Its priority.
    pub priority: Priority,
    /// The first instant at which it counts.
    pub effective: Timestamp,
    /// The first instant at which it no longer counts, if there is one.
    pub expiration: Option<Timestamp>,
    /// What became of it.
    pub fate: Fate,
}

/// What becomes of a grant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fate {
    /// It is compared with the requirement.
    Counts,
    /// It is valid, but another one is better.
    Outranked,
    /// It is for another facility.
    OtherFacility,
    /// Its code is held by another member too.
    Ambiguous,
    /// Its time is over.
    Expired,
    /// Its time has not come.
    NotYetEffective,
}

/// An induction that a facility demands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SeenInduction {
    /// To which facility.
    pub facility: Slug,
    /// Since when the member has it, if so.
    pub on: Option<Date>,
    /// Whether it counts at the moment.
    pub counts: bool,
}

/// A requirement that is active, and the event that makes it so.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ActiveRequirement<'i> {
    /// Which requirement.
    pub tag: &'i Tag,
    /// Its record.
    pub requirement: &'i Requirement,
    /// The event that goes on.
    pub interval: Interval,
}

/// Explains whether a member may open a facility; nothing if there is no such member.
#[must_use]
pub fn explain<'i>(
    index: &'i Index,
    member: MemberId,
    facility: &Slug,
    now: Timestamp,
) -> Option<Explanation<'i>> {
    let holder = index.holder(member)?;
    let person = &holder.person;
    let today = index.rules.today(now);
    let guard = index.rules.guard(facility);
    let best = best(index, holder, facility, now);
    let mut grants = Vec::new();
    for key in &holder.keys {
        let counts = best.as_ref().is_some_and(|(best, _)| best == key);
        seen(index, member, *key, (facility, counts), now, &mut grants);
    }
    let needed = guard.into_iter().flat_map(|guard| &guard.inductions);
    let mut requirements: Vec<_> = guard
        .into_iter()
        .flat_map(|guard| &guard.active)
        .filter_map(|it| {
            let interval = it.at(now).next()?;
            Some(ActiveRequirement { tag: &it.tag, requirement: &it.requirement, interval })
        })
        .collect();
    requirements.sort_by_key(|it| (-i64::from(it.requirement.priority), it.tag));
    Some(Explanation {
        member,
        decision: best.map(|(_, decision)| decision),
        grants,
        readable: person.readable,
        left: person.left(),
        suspended: person.suspended(),
        cover: index.cover(person.payer(&index.rules)),
        parent: person.parent(),
        inductions: needed
            .map(|(name, slug)| {
                let on = person.inducted(*name);
                let counts = on.is_some_and(|on| today.is_some_and(|today| on <= today));
                SeenInduction { facility: slug.clone(), on, counts }
            })
            .collect(),
        requirements,
        shut: today.is_none() || guard.is_some_and(|guard| guard.shut),
    })
}

/// Returns every member with what a reading of the best credential would get, sorted by number;
/// no decision for a member without a credential.
#[must_use]
pub fn everyone<'i>(
    index: &'i Index,
    facility: &Slug,
    now: Timestamp,
) -> Vec<(MemberId, Option<Decision<'i>>)> {
    let answer = |holder: &Holder| {
        let best = best(index, holder, facility, now);
        (holder.person.id, best.map(|(_, decision)| decision))
    };
    // Sorted before they are answered: a holder is found by its address, an answer is large.
    let mut all: Vec<_> = index.holders().map(|holder| (holder.person.id, holder)).collect();
    all.sort_unstable_by_key(|(member, _)| *member);
    all.into_iter().map(|(_, holder)| answer(holder)).collect()
}

/// Finds the credential that gets furthest: granted, else denied for the last of the reasons.
fn best<'i>(
    index: &'i Index,
    holder: &Holder,
    facility: &Slug,
    now: Timestamp,
) -> Option<(Key, Decision<'i>)> {
    let decided = holder
        .keys
        .iter()
        .map(|key| (*key, decide(index, facility, Side::Entry, &key.code, key.kind, now)));
    decided.max_by_key(|(_, it)| (it.result == Outcome::Granted, it.reason, it.priority))
}

fn seen<'i>(
    index: &'i Index,
    member: MemberId,
    key: Key,
    (facility, counts): (&Slug, bool),
    now: Timestamp,
    out: &mut Vec<SeenGrant<'i>>,
) {
    let (name, moment) = (Name::of(facility.as_str()), Moment::new(now));
    let ambiguous = index.holdings(key).nth(1).is_some() || index.is_obscured(key.code, member);
    let own = index.holdings(key).filter(|holding| holding.person.id == member);
    for holding in own {
        let chosen = match choose(&holding.grants, name, moment) {
            Choice::Valid(grant) if counts => Some(grant),
            _ => None,
        };
        let fate = |grant: &Granted| match when(grant, moment) {
            _ if grant.facility != name => Fate::OtherFacility,
            _ if ambiguous => Fate::Ambiguous,
            Err(Reason::NotYetEffective) => Fate::NotYetEffective,
            Err(_) => Fate::Expired,
            Ok(()) if chosen.is_some_and(|chosen| std::ptr::eq(chosen, grant)) => Fate::Counts,
            Ok(()) => Fate::Outranked,
        };
        out.extend(holding.grants.iter().map(|grant| SeenGrant {
            tag: &grant.tag,
            kind: key.kind,
            facility:
                index.rules.guards().iter().find(|it| it.name == grant.facility).map(|it| &it.slug),
            priority: grant.priority,
            effective: grant.effective.timestamp(),
            expiration: Some(grant.expiration.timestamp()).filter(|at| *at != Timestamp::MAX),
            fate: fate(grant),
        }));
    }
}
