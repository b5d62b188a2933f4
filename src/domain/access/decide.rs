//! The decision on one reading: pure, never fails, allocates nothing.

use std::cmp::Reverse;

use jiff::{Timestamp, civil::Date};

use super::{
    Decision, Index, Side,
    compiled_member::{CompiledGrant, HeldCode, LookupKey, MemberStatus},
    moment::Moment,
    name_hash::NameHash,
    rules::CompiledFacility,
};
use crate::domain::model::{AccessResult, CodeHash, CredentialType, Priority, Reason, Slug};

/// Decides on a reading by the rules of docs/architecture.md, "What is decided".
///
/// The answer names the grant that counts. If none is valid, it names the one that begins soonest,
/// since that needs no renewal, or else the one that ended last. If several members hold the code,
/// the answer names none of them, even if all but one of their credentials cannot be read.
#[must_use]
pub fn decide<'i>(
    index: &'i Index,
    facility: &Slug,
    side: Side,
    code: &CodeHash,
    kind: CredentialType,
    now: Timestamp,
) -> Decision<'i> {
    // This comes first, because the look-up waits for memory and nothing else does.
    let key = LookupKey { kind, code: *code };
    let mut holders = index.held_codes(key);
    let held = holders.next();
    let mut answer = Decision {
        result: AccessResult::Denied,
        reason: Reason::UnknownCredential,
        member: None,
        tag: None,
        priority: None,
        required: None,
        commit: index.commit(),
    };
    if let Some(held) = held {
        let compiled = index.rules.facility(facility);
        let name =
            compiled.map_or_else(|| NameHash::of(facility.as_str()), |compiled| compiled.name);
        let obscured = index.is_obscured(*code, held.status.id);
        let judged = if holders.next().is_some() || obscured {
            Judged::new(reason_if_shared(index, key, name))
        } else {
            answer.member = Some(held.status.id);
            judge(index, compiled, name, (&held.status, &held.grants), now)
        };
        answer.reason = judged.reason;
        answer.required = judged.required;
        if let Some(grant) = judged.grant {
            (answer.tag, answer.priority) = (Some(&grant.tag), Some(grant.priority));
        }
    }
    if side == Side::Exit {
        (answer.result, answer.reason, answer.required) = (AccessResult::Exit, Reason::Exit, None);
    } else if answer.reason == Reason::PrioritySuffices {
        answer.result = AccessResult::Granted;
    }
    answer
}

/// The part of an answer that depends on a single holder.
pub(super) struct Judged<'i> {
    pub(super) reason: Reason,
    pub(super) grant: Option<&'i CompiledGrant>,
    pub(super) required: Option<Priority>,
}

impl Judged<'_> {
    const fn new(reason: Reason) -> Self {
        Self { reason, grant: None, required: None }
    }
}

/// Judges a code that one member holds alone.
pub(super) fn judge<'i>(
    index: &Index,
    compiled: Option<&CompiledFacility>,
    name: NameHash,
    (status, grants): (&MemberStatus, &'i [CompiledGrant]),
    now: Timestamp,
) -> Judged<'i> {
    let (grant, valid) = match choose(grants, name, Moment::new(now)) {
        Choice::None => return Judged::new(Reason::WrongFacility),
        Choice::Over(grant) => (grant, Err(Reason::Expired)),
        Choice::ToCome(grant) => (grant, Err(Reason::NotYetEffective)),
        Choice::Valid(grant) => (grant, Ok(())),
    };
    let mut judged = Judged { grant: Some(grant), ..Judged::new(Reason::UnreadableFacility) };
    let required = valid
        .and_then(|()| index.rules.today(now).ok_or(Reason::UnreadableFacility))
        .and_then(|today| admit(index, compiled, status, today))
        .and_then(|()| compiled.map_or(Ok(None), |compiled| required(compiled, now)))
        .and_then(|required| required.ok_or(Reason::NoRequirement));
    judged.reason = match required {
        Err(reason) => reason,
        Ok(required) => {
            judged.required = Some(required);
            if grant.priority >= required {
                Reason::PrioritySuffices
            } else {
                Reason::PriorityTooLow
            }
        }
    };
    judged
}

/// Returns why a code that several members hold opens nothing.
fn reason_if_shared(index: &Index, key: LookupKey, name: NameHash) -> Reason {
    let here = |held: &HeldCode| held.grants.iter().any(|grant| grant.facility == name);
    if index.held_codes(key).any(here) {
        Reason::AmbiguousCredential
    } else {
        Reason::WrongFacility
    }
}

pub(super) enum Choice<'i> {
    None,
    Over(&'i CompiledGrant),
    ToCome(&'i CompiledGrant),
    Valid(&'i CompiledGrant),
}

/// Chooses the grant that counts: the highest priority, then the latest expiration, then the
/// smallest tag, so that the answer is always the same.
pub(super) fn choose(grants: &[CompiledGrant], facility: NameHash, now: Moment) -> Choice<'_> {
    let mut choice = Choice::None;
    for grant in grants.iter().filter(|grant| grant.facility == facility) {
        choice = match (validity(grant, now), choice) {
            (Ok(()), Choice::Valid(best)) if rank(best) >= rank(grant) => Choice::Valid(best),
            (Ok(()), _) => Choice::Valid(grant),
            (Err(_), Choice::Valid(best)) => Choice::Valid(best),
            (Err(Reason::NotYetEffective), Choice::ToCome(best))
                if by_start(best) <= by_start(grant) =>
            {
                Choice::ToCome(best)
            }
            (Err(Reason::NotYetEffective), _) => Choice::ToCome(grant),
            (Err(_), Choice::ToCome(best)) => Choice::ToCome(best),
            (Err(_), Choice::Over(best)) if by_end(best) >= by_end(grant) => Choice::Over(best),
            (Err(_), _) => Choice::Over(grant),
        };
    }
    choice
}

/// Tells whether a grant is valid: `effective <= now < expiration`.
pub(super) fn validity(grant: &CompiledGrant, now: Moment) -> Result<(), Reason> {
    if now < grant.effective && grant.effective < grant.expiration {
        Err(Reason::NotYetEffective)
    } else if now < grant.effective || now >= grant.expiration {
        Err(Reason::Expired)
    } else {
        Ok(())
    }
}

type Rank<'i> = (Priority, Moment, Reverse<&'i [u8]>);

fn rank(grant: &CompiledGrant) -> Rank<'_> {
    (grant.priority, grant.expiration, Reverse(grant.tag.as_ref()))
}

fn by_start(grant: &CompiledGrant) -> (Moment, &[u8]) {
    (grant.effective, grant.tag.as_ref())
}

fn by_end(grant: &CompiledGrant) -> (Moment, Reverse<&[u8]>) {
    (grant.expiration, Reverse(grant.tag.as_ref()))
}

/// Tells whether a member may use a facility at all on a day.
fn admit(
    index: &Index,
    compiled: Option<&CompiledFacility>,
    status: &MemberStatus,
    today: Date,
) -> Result<(), Reason> {
    let begun = |day: Option<Date>| day.is_some_and(|day| day <= today);
    if !status.readable {
        return Err(Reason::UnreadableMember);
    }
    if begun(status.left()) {
        return Err(Reason::Left);
    }
    if status.suspension().is_some_and(|it| it.includes(today)) {
        return Err(Reason::Suspended);
    }
    let payer = status.payer(&index.rules);
    if !payer.has_paid(today) && !index.cover(payer, today).includes(today) {
        return Err(Reason::DuesLapsed);
    }
    let mut needed = compiled.into_iter().flat_map(|compiled| &compiled.inductions);
    if needed.any(|(to, _)| !begun(status.inducted(*to))) {
        return Err(Reason::NotInducted);
    }
    Ok(())
}

fn required(compiled: &CompiledFacility, now: Timestamp) -> Result<Option<Priority>, Reason> {
    if compiled.shut {
        Err(Reason::UnreadableFacility)
    } else {
        Ok(compiled.timeline.required(now))
    }
}
