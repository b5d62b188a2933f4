//! What a payment processor is to take from each member: the dues of a month.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Want, Wanted};
use crate::domain::{
    dues::{AllMembers, MemberTerms},
    model::{Contact, MemberId, Money, Slug},
};

/// The terms of a subscription, in the currency of the space.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Terms {
    /// What is taken each month, in minor units.
    pub monthly: Money,
}

/// Works out what a processor is to take from whom, by the records of a local day. `unreadable` are
/// the members whose contact data cannot be read.
#[must_use]
pub fn wanted(
    everybody: &AllMembers<'_>,
    contacts: &BTreeMap<MemberId, Contact>,
    unreadable: BTreeSet<MemberId>,
    processor: &Slug,
    prefix: &str,
    on: Date,
) -> Wanted<Terms> {
    let mut wanted = Wanted {
        members: BTreeMap::new(),
        others: BTreeMap::new(),
        unreadable,
        known: BTreeMap::new(),
        prefix: prefix.to_owned(),
    };
    for member in everybody.members() {
        if wanted.unreadable.contains(&member.id) {
            continue;
        }
        let contact = contacts.get(&member.id);
        if let Some(account) = contact.and_then(|it| it.accounts.get(processor.as_str())) {
            wanted.known.insert(member.id, account.clone());
        }
        let pays_by = contact.and_then(|it| it.pays_by.as_ref());
        match one(everybody, member, pays_by, processor, on) {
            Some(Ok(want)) => {
                wanted.members.insert(member.id, want);
            }
            Some(Err(why)) => {
                wanted.others.insert(member.id, why);
            }
            None => {
                wanted.unreadable.insert(member.id);
            }
        }
    }
    wanted
}

/// Returns what is taken from one member, or why nothing is; `None` if the tier cannot be read.
fn one(
    everybody: &AllMembers<'_>,
    member: &MemberTerms<'_>,
    pays_by: Option<&Slug>,
    processor: &Slug,
    on: Date,
) -> Option<Result<Want<Terms>, String>> {
    match pays_by {
        Some(other) if other != processor => return Some(Err(format!("pays by {other}"))),
        None => return Some(Err("does not pay by a processor".to_owned())),
        Some(_) => {}
    }
    if let Some(left) = member.left.filter(|left| *left <= on) {
        return Some(Err(format!("left on {left}")));
    }
    let suspension = member.suspension.filter(|it| !it.is_over(on));
    if let Some(suspension) = suspension.filter(|it| it.includes(on)) {
        return Some(Err(format!("is suspended since {suspension}")));
    }
    let dues = everybody.dues(member, on)?;
    let because: Vec<&str> = dues.lines.iter().map(|line| line.what.as_str()).collect();
    let because = because.join(", ");
    if dues.amount <= 0 {
        return Some(Err(because));
    }
    let until = [member.left, suspension.map(|it| it.since)].into_iter().flatten().min();
    let from = member.paid_until.filter(|day| *day > on);
    Some(Ok(Want { what: Terms { monthly: dues.amount }, from, until, hold: None, because }))
}
