//! The rules of "Access" again, implemented slowly and literally, for comparison.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use space::domain::{
    access::Side,
    model::{
        AccessResult, Basis, CodeHash, CredentialType, Grant, Member, MemberFolder, MemberId,
        Reason, Slot, Slug, Tag,
    },
    schedule::Interval,
};

/// All records, and when each requirement is active.
#[derive(Clone, Debug)]
pub(crate) struct World {
    pub(crate) basis: Basis,
    pub(crate) folders: BTreeMap<MemberId, MemberFolder>,
    pub(crate) events: BTreeMap<(Slug, Tag), Interval>,
}

#[derive(PartialEq, Eq, Debug)]
pub(crate) struct Answer {
    pub(crate) result: AccessResult,
    pub(crate) reason: Reason,
    pub(crate) member: Option<MemberId>,
    pub(crate) tag: Option<Tag>,
    pub(crate) priority: Option<i32>,
    pub(crate) required: Option<i32>,
}

impl World {
    pub(crate) fn decide(
        &self,
        facility: &Slug,
        side: Side,
        code: &CodeHash,
        kind: CredentialType,
        now: Timestamp,
    ) -> Answer {
        let mut answer = self.entry(facility, code, kind, now);
        if side == Side::Exit {
            (answer.result, answer.reason, answer.required) =
                (AccessResult::Exit, Reason::Exit, None);
        }
        answer
    }

    fn entry(
        &self,
        facility: &Slug,
        code: &CodeHash,
        kind: CredentialType,
        now: Timestamp,
    ) -> Answer {
        let mut answer = Answer {
            result: AccessResult::Denied,
            reason: Reason::UnknownCredential,
            member: None,
            tag: None,
            priority: None,
            required: None,
        };
        let mut holders = BTreeSet::new();
        let mut grants: Vec<(&Tag, &Grant)> = Vec::new();
        for folder in self.folders.values() {
            for (tag, credential) in &folder.credentials {
                if credential.kind == kind && credential.code == *code {
                    holders.insert(folder.id);
                    let here = credential.grants.iter().filter(|it| it.facility == *facility);
                    grants.extend(here.map(|grant| (tag, grant)));
                }
            }
        }
        let Some(holder) = holders.first() else { return answer };
        answer.member = (holders.len() == 1).then_some(*holder);
        if grants.is_empty() {
            answer.reason = Reason::WrongFacility;
            return answer;
        }
        if holders.len() > 1 {
            answer.reason = Reason::AmbiguousCredential;
            return answer;
        }
        let valid = |it: &&(&Tag, &Grant)| {
            it.1.effective <= now && it.1.expiration.is_none_or(|end| now < end)
        };
        let never = |it: &Grant| it.expiration.is_some_and(|end| end <= it.effective);
        let best = grants.iter().filter(valid).min_by_key(|(tag, it)| {
            let expiration = it.expiration.map_or(i64::MIN, |at| -at.as_second());
            (-it.priority, expiration, tag.as_str())
        });
        let to_come = grants.iter().filter(|(_, it)| it.effective > now && !never(it));
        let soonest = to_come.min_by_key(|(tag, it)| (it.effective, tag.as_str()));
        let over = grants.iter().filter(|(_, it)| it.effective <= now || never(it));
        let latest = over.min_by_key(|(tag, it)| {
            (it.expiration.map_or(i64::MIN, |at| -at.as_second()), tag.as_str())
        });
        let (tag, grant) = best.or(soonest).or(latest).expect("some grant is for here");
        (answer.tag, answer.priority) = (Some((*tag).clone()), Some(grant.priority));
        if best.is_none() {
            answer.reason =
                if soonest.is_some() { Reason::NotYetEffective } else { Reason::Expired };
            return answer;
        }
        match self.admit(*holder, facility, now) {
            Err(reason) => answer.reason = reason,
            Ok(()) => match self.required(facility, now) {
                Err(()) => answer.reason = Reason::UnreadableFacility,
                Ok(None) => answer.reason = Reason::NoRequirement,
                Ok(Some(required)) => {
                    answer.required = Some(required);
                    if grant.priority >= required {
                        (answer.result, answer.reason) =
                            (AccessResult::Granted, Reason::PrioritySuffices);
                    } else {
                        answer.reason = Reason::PriorityTooLow;
                    }
                }
            },
        }
        answer
    }

    fn admit(&self, id: MemberId, facility: &Slug, now: Timestamp) -> Result<(), Reason> {
        let Slot::Read(space) = &self.basis.space else { return Err(Reason::UnreadableFacility) };
        let zone = TimeZone::get(&space.time_zone).map_err(|_| Reason::UnreadableFacility)?;
        let midnight =
            |day: Date| day.to_zoned(zone.clone()).expect("within the calendar").timestamp();
        let folder = &self.folders[&id];
        let Slot::Read(member) = &folder.member else { return Err(Reason::UnreadableMember) };
        if member.left.is_some_and(|day| midnight(day) <= now) {
            return Err(Reason::Left);
        }
        let suspended = |it: &Member| {
            it.suspended.is_some_and(|since| midnight(since) <= now)
                && it.suspended_until.is_none_or(|until| now < midnight(until))
        };
        if suspended(member) {
            return Err(Reason::Suspended);
        }
        let paid =
            |paid_until: Date| now < midnight(paid_until + i32::from(space.grace_days).days());
        let gone = |it: &Member| it.left.is_some_and(|day| midnight(day) <= now) || suspended(it);
        if !self.covered(id, &mut BTreeSet::new(), &paid, &gone) {
            return Err(Reason::DuesLapsed);
        }
        let demands = self.basis.facilities.get(facility).and_then(|it| it.facility.get());
        let own = demands.filter(|it| it.induction).map(|_| facility);
        let first = demands.into_iter().flat_map(|it| &it.inductions_first);
        for needed in own.into_iter().chain(first) {
            let given = folder.inductions.iter().find(|(to, _)| to == needed);
            let counts = given.is_some_and(|(_, it)| midnight(it.on) <= now);
            if !counts {
                return Err(Reason::NotInducted);
            }
        }
        Ok(())
    }

    fn covered(
        &self,
        id: MemberId,
        seen: &mut BTreeSet<MemberId>,
        paid: &impl Fn(Date) -> bool,
        gone: &impl Fn(&Member) -> bool,
    ) -> bool {
        let Some(Slot::Read(member)) = self.folders.get(&id).map(|it| &it.member) else {
            return false;
        };
        if !seen.insert(id) {
            return false;
        }
        if let Some(parent) = member.parent {
            let of = self.folders.get(&parent).and_then(|it| it.member.get());
            return of.is_some_and(|it| !gone(it)) && self.covered(parent, seen, paid, gone);
        }
        match self.basis.tiers.get(&member.tier) {
            Some(Slot::Read(tier)) => !tier.owes_dues() || member.paid_until.is_some_and(paid),
            _ => false,
        }
    }

    /// Returns the highest requirement, or an error if the facility stays shut.
    pub(crate) fn required(&self, facility: &Slug, now: Timestamp) -> Result<Option<i32>, ()> {
        Ok(self.active(facility, now)?.into_iter().max())
    }

    /// Tells whether a facility is held unlocked.
    pub(crate) fn held(&self, facility: &Slug, now: Timestamp) -> bool {
        let zone = self.basis.space.get().map(|it| TimeZone::get(&it.time_zone));
        matches!(zone, Some(Ok(_)))
            && self.active(facility, now).is_ok_and(|all| all.into_iter().any(|it| it < 0))
    }

    fn active(&self, facility: &Slug, now: Timestamp) -> Result<Vec<i32>, ()> {
        let Some(folder) = self.basis.facilities.get(facility) else { return Ok(vec![]) };
        folder.facility.get().ok_or(())?;
        let mut active = Vec::new();
        for (tag, slot) in &folder.requirements {
            let Slot::Read(requirement) = slot else { return Err(()) };
            let event = self.events.get(&(facility.clone(), tag.clone())).ok_or(())?;
            if event.contains(now) {
                active.push(requirement.priority);
            }
        }
        Ok(active)
    }
}
