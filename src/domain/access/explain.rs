//! A decision with every step that led to it, for `space why`.

use jiff::{Timestamp, civil::Date};

use super::{
    Decision, Index, Side,
    compiled_member::{CodeHolder, CompiledGrant, LookupKey},
    decide::{Choice, choose, decide, validity},
    moment::Moment,
    name_hash::NameHash,
};
use crate::domain::{
    dues::Cover,
    model::{
        AccessResult, CredentialType, MemberId, Priority, Reason, Requirement, Slug, StaleRule,
        Suspension, Tag,
    },
    schedule::Interval,
};

/// Why a member may or may not open a facility at a moment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Explanation<'i> {
    /// The member in question.
    pub member: MemberId,
    /// The decision on the member's best credential; `None` without a credential.
    pub decision: Option<Decision<'i>>,
    /// Every grant of the member, and its part in the decision.
    pub grants: Vec<SeenGrant<'i>>,
    /// Whether the member's record could be read.
    pub readable: bool,
    /// The first day on which the member no longer belonged to the space.
    pub left: Option<Date>,
    /// The suspension, which may be over or still to come.
    pub suspension: Option<Suspension>,
    /// Until when the dues are covered, including grace.
    pub cover: Cover,
    /// The member whose payments cover this one, if not the member's own.
    pub parent: Option<MemberId>,
    /// The inductions that the facility demands.
    pub inductions: Vec<SeenInduction>,
    /// The requirements active at the moment, highest first.
    pub requirements: Vec<ActiveRequirement<'i>>,
    /// What opens the facility instead, since the records are old.
    pub stale: Option<StaleRule>,
    /// Whether the facility stays shut because a record cannot be used, or because the moment lies
    /// outside the index's window.
    pub shut: bool,
}

impl Explanation<'_> {
    /// Tells whether an active requirement holds the facility unlocked for everyone.
    #[must_use]
    pub fn held(&self) -> bool {
        let holds = |it: &Requirement| it.priority < 0 && it.arm.is_none();
        self.stale.is_none() && self.requirements.iter().any(|active| holds(active.requirement))
    }
}

/// A grant, and its part in the decision.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SeenGrant<'i> {
    /// The credential that it belongs to.
    pub tag: &'i Tag,
    /// Fob or passcode.
    pub kind: CredentialType,
    /// What it opens; `None` if that facility does not exist.
    pub facility: Option<&'i Slug>,
    /// Its priority.
    pub priority: Priority,
    /// The first instant at which the grant counts.
    pub effective: Timestamp,
    /// The first instant at which the grant no longer counts, if there is one.
    pub expiration: Option<Timestamp>,
    /// Its part in the decision.
    pub status: GrantStatus,
}

/// The part of a grant in a decision.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GrantStatus {
    /// It is compared with the requirement.
    Counts,
    /// It is valid, but another one is better.
    Outranked,
    /// It is for another facility.
    OtherFacility,
    /// Another member holds its code too.
    Ambiguous,
    /// It has expired.
    Expired,
    /// It is not valid yet.
    NotYetEffective,
}

/// An induction that a facility demands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SeenInduction {
    /// The facility of the induction.
    pub facility: Slug,
    /// The day from which the member has it, if at all.
    pub on: Option<Date>,
    /// Whether it counts at the moment.
    pub counts: bool,
}

/// An active requirement, and the event that makes it active.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ActiveRequirement<'i> {
    /// The tag of the requirement.
    pub tag: &'i Tag,
    /// Its record.
    pub requirement: &'i Requirement,
    /// The current event.
    pub interval: Interval,
}

/// Explains whether a member may open a facility; `None` if there is no such member.
#[must_use]
pub fn explain<'i>(
    index: &'i Index,
    member: MemberId,
    facility: &Slug,
    now: Timestamp,
) -> Option<Explanation<'i>> {
    let holder = index.holder(member)?;
    let status = &holder.status;
    let today = index.rules.today(now);
    let compiled = index.rules.facility(facility);
    let best = best(index, holder, facility, now);
    let mut grants = Vec::new();
    for key in &holder.keys {
        let counts = best.as_ref().is_some_and(|(best, _)| best == key);
        collect_grants(index, member, *key, (facility, counts), now, &mut grants);
    }
    let needed = compiled.into_iter().flat_map(|compiled| &compiled.inductions);
    let mut requirements: Vec<_> = compiled
        .into_iter()
        .flat_map(|compiled| &compiled.active)
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
        readable: status.readable,
        left: status.left(),
        suspension: status.suspension(),
        cover: index.cover(status.payer(&index.rules), today.unwrap_or(Date::MIN)),
        parent: status.parent(),
        inductions: needed
            .map(|(name, slug)| {
                let on = status.inducted(*name);
                let counts = on.is_some_and(|on| today.is_some_and(|today| on <= today));
                SeenInduction { facility: slug.clone(), on, counts }
            })
            .collect(),
        requirements,
        stale: None,
        shut: today.is_none() || compiled.is_some_and(|compiled| compiled.shut),
    })
}

/// Returns every member with the decision on the member's best credential, sorted by number;
/// without a credential there is no decision.
#[must_use]
pub fn everyone<'i>(
    index: &'i Index,
    facility: &Slug,
    now: Timestamp,
) -> Vec<(MemberId, Option<Decision<'i>>)> {
    let answer = |holder: &CodeHolder| {
        let best = best(index, holder, facility, now);
        (holder.status.id, best.map(|(_, decision)| decision))
    };
    // Sorted before deciding: a holder is only a reference, while a decision is large.
    let mut all: Vec<_> = index.holders().map(|holder| (holder.status.id, holder)).collect();
    all.sort_unstable_by_key(|(member, _)| *member);
    all.into_iter().map(|(_, holder)| answer(holder)).collect()
}

/// Finds the credential that gets furthest: granted, or else denied for the latest reason in the
/// order of rules.
fn best<'i>(
    index: &'i Index,
    holder: &CodeHolder,
    facility: &Slug,
    now: Timestamp,
) -> Option<(LookupKey, Decision<'i>)> {
    let decided = holder
        .keys
        .iter()
        .map(|key| (*key, decide(index, facility, Side::Entry, &key.code, key.kind, now)));
    decided.max_by_key(|(_, it)| (it.result == AccessResult::Granted, it.reason, it.priority))
}

fn collect_grants<'i>(
    index: &'i Index,
    member: MemberId,
    key: LookupKey,
    (facility, counts): (&Slug, bool),
    now: Timestamp,
    out: &mut Vec<SeenGrant<'i>>,
) {
    let (name, moment) = (NameHash::of(facility.as_str()), Moment::new(now));
    let ambiguous = index.held_codes(key).nth(1).is_some() || index.is_obscured(key.code, member);
    let own = index.held_codes(key).filter(|held| held.status.id == member);
    for held in own {
        let chosen = match choose(&held.grants, name, moment) {
            Choice::Valid(grant) if counts => Some(grant),
            _ => None,
        };
        let status = |grant: &CompiledGrant| match validity(grant, moment) {
            _ if grant.facility != name => GrantStatus::OtherFacility,
            _ if ambiguous => GrantStatus::Ambiguous,
            Err(Reason::NotYetEffective) => GrantStatus::NotYetEffective,
            Err(_) => GrantStatus::Expired,
            Ok(()) if chosen.is_some_and(|chosen| std::ptr::eq(chosen, grant)) => {
                GrantStatus::Counts
            }
            Ok(()) => GrantStatus::Outranked,
        };
        out.extend(held.grants.iter().map(|grant| {
            SeenGrant {
                tag: &grant.tag,
                kind: key.kind,
                facility: index
                    .rules
                    .facilities()
                    .iter()
                    .find(|it| it.name == grant.facility)
                    .map(|it| &it.slug),
                priority: grant.priority,
                effective: grant.effective.timestamp(),
                expiration: Some(grant.expiration.timestamp()).filter(|at| *at != Timestamp::MAX),
                status: status(grant),
            }
        }));
    }
}
