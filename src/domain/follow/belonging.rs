//! Who belongs to a channel of a chat, by the groups that its record names.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, civil::Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Braked, Found, Holding, Plan, Want, Wanted};
use crate::domain::{
    dues::Cover,
    model::{Basis, Channel, Group, Member, MemberFolder, MemberId, Slot},
};

/// The number of administrators that are left in a channel at the least.
const FEWEST: usize = 2;

/// The maximum number of parents above each other, as in the rules of dues.
const MAX_GENERATIONS: usize = 16;

/// That somebody is in a channel.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Belongs {}

/// The members, and what decides which groups they are in.
pub struct Circle<'a> {
    /// All members.
    pub members: &'a BTreeMap<MemberId, &'a MemberFolder>,
    /// The settings, tiers and facilities.
    pub basis: &'a Basis,
    /// Until when a member is covered.
    pub cover: &'a dyn Fn(&Member) -> Cover,
    /// Those about whom a record cannot be read.
    pub unreadable: &'a BTreeSet<MemberId>,
    /// The account of each member at the chat, by the records.
    pub known: &'a BTreeMap<MemberId, String>,
    /// What the reference of a member begins with.
    pub prefix: &'a str,
    /// The moment.
    pub now: Timestamp,
    /// The local day.
    pub today: Date,
}

/// Works out who belongs to a channel, and why. A member of whom anything that counts cannot be read
/// neither comes in nor is removed.
#[must_use]
pub fn belonging(channel: &Channel, circle: &Circle<'_>) -> Wanted<Belongs> {
    let mut wanted = Wanted {
        members: BTreeMap::new(),
        others: BTreeMap::new(),
        unreadable: circle.unreadable.clone(),
        known: circle.known.clone(),
        prefix: circle.prefix.to_owned(),
    };
    for (id, folder) in circle.members {
        let member = match &folder.member {
            Slot::Read(member) if circle.is_sure(member) => member,
            _ => {
                wanted.unreadable.insert(*id);
                continue;
            }
        };
        if wanted.unreadable.contains(id) {
            continue;
        }
        let reason = channel.groups.iter().find_map(|group| circle.why(group, folder, member));
        match reason {
            Some(because) => {
                let want = Want { what: Belongs {}, from: None, until: None, hold: None, because };
                wanted.members.insert(*id, want);
            }
            None => {
                wanted.others.insert(*id, circle.why_not(member));
            }
        }
    }
    wanted.known.retain(|id, _| !wanted.unreadable.contains(id));
    wanted
}

impl Circle<'_> {
    /// Tells whether all that decides the standing of a member can be read: the tier, and whoever pays.
    fn is_sure(&self, member: &Member) -> bool {
        let mut next = member;
        for _ in 0..MAX_GENERATIONS {
            if self.basis.tiers.get(&next.tier).and_then(Slot::get).is_none() {
                return false;
            }
            let Some(parent) = next.parent else { return true };
            match self.members.get(&parent).map(|it| &it.member) {
                Some(Slot::Read(parent)) => next = parent,
                _ => return false,
            }
        }
        false
    }

    /// Returns why a member is in a group, if so.
    fn why(&self, group: &Group, folder: &MemberFolder, member: &Member) -> Option<String> {
        let joined = member.joined <= self.today;
        if !joined || member.left.is_some_and(|day| day <= self.today) {
            return None;
        }
        let suspended = member.suspension().is_some_and(|it| it.includes(self.today));
        let standing = !suspended && (self.cover)(member).includes(self.today);
        let induction = |facility| {
            folder.inductions.iter().find(|(name, it)| name == facility && it.on <= self.today)
        };
        match group {
            Group::Members => Some("is a member".to_owned()),
            Group::GoodStanding => standing.then(|| "is in good standing".to_owned()),
            Group::Tier(tier) => (member.tier == *tier).then(|| format!("has the tier {tier}")),
            Group::Inducted(name) => {
                induction(name)?;
                standing.then(|| format!("is inducted to {name}"))
            }
            Group::Inductors(name) => {
                let (_, it) = induction(name)?;
                (it.inductor && standing).then(|| format!("may induct others to {name}"))
            }
            Group::Priority(least) => {
                let grants = folder.credentials.iter().flat_map(|(_, it)| &it.grants);
                let mut valid = grants.filter(|it| {
                    it.effective <= self.now && it.expiration.is_none_or(|end| self.now < end)
                });
                (standing && valid.any(|it| it.priority >= *least))
                    .then(|| format!("has a credential of priority {least} or more"))
            }
        }
    }

    fn why_not(&self, member: &Member) -> String {
        let suspension = member.suspension().filter(|it| it.includes(self.today));
        match (member.left, suspension) {
            (Some(day), _) if day <= self.today => format!("left on {day}"),
            (_, Some(suspension)) => format!("is suspended since {}", suspension.since),
            _ if !(self.cover)(member).includes(self.today) => "has lapsed dues".to_owned(),
            _ => "is in none of the groups".to_owned(),
        }
    }
}

/// Stops a plan that removes an administrator and leaves fewer than two of them.
#[must_use]
pub fn keeps_administrators(
    plan: &Plan<Belongs>,
    found: &Found<Belongs>,
    administrators: &BTreeSet<String>,
) -> Option<Braked> {
    let inside = found.accounts.iter().filter(|it| matches!(it.holds, Holding::Has { .. }));
    let inside: BTreeSet<&String> =
        inside.map(|it| &it.id).filter(|id| administrators.contains(*id)).collect();
    let removed = plan.steps.iter().filter(|step| step.removes());
    let removed: BTreeSet<&String> =
        removed.filter_map(|it| it.account.as_ref()).filter(|id| inside.contains(id)).collect();
    let left = inside.len() - removed.len();
    (!removed.is_empty() && left < FEWEST).then_some(Braked::FewAdministrators { left })
}

#[cfg(test)]
#[path = "belonging_tests.rs"]
mod tests;
