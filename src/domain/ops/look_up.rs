//! Finds the records that a request names, or refuses because they are missing.

use super::Refusal;
use crate::domain::{
    dues::Person,
    model::{
        Advice, Credential, Facility, Induction, Member, MemberId, Note, Payment, Place, Record,
        Slug, Space, Tag, Tier, advice::Listed, text,
    },
    records::Records,
};

pub(super) fn space(records: &dyn Records) -> Result<Space, Refusal> {
    match records.record(&Place::Space) {
        Some(Record::Space(space)) => Ok(space),
        _ => Err(missing(records, &Place::Space, "there is no space.json", Advice::MakeSpace)),
    }
}

pub(super) fn tier(records: &dyn Records, name: &Slug) -> Result<Tier, Refusal> {
    let place = Place::Tier(name.clone());
    match records.record(&place) {
        Some(Record::Tier(tier)) => Ok(tier),
        _ => Err(missing(
            records,
            &place,
            &format!("there is no tier {name}"),
            Advice::List(Listed::Tiers),
        )),
    }
}

pub(super) fn facility(records: &dyn Records, name: &Slug) -> Result<Facility, Refusal> {
    let place = Place::Facility(name.clone());
    match records.record(&place) {
        Some(Record::Facility(facility)) => Ok(facility),
        _ => {
            let message = format!("there is no facility {name}");
            Err(missing(records, &place, &message, Advice::List(Listed::Facilities)))
        }
    }
}

pub(super) fn member(records: &dyn Records, id: MemberId) -> Result<Member, Refusal> {
    let place = Place::Member(id);
    match records.record(&place) {
        Some(Record::Member(member)) => Ok(member),
        _ => {
            let message = format!("there is no member {id}");
            Err(missing(records, &place, &message, Advice::List(Listed::Members)))
        }
    }
}

pub(super) fn induction(
    records: &dyn Records,
    member: MemberId,
    facility: &Slug,
) -> Option<Induction> {
    match records.record(&Place::Induction(member, facility.clone())) {
        Some(Record::Induction(induction)) => Some(induction),
        _ => None,
    }
}

/// Returns all readable credentials of a member, sorted by tag.
pub(super) fn credentials(records: &dyn Records, member: MemberId) -> Vec<(Tag, Credential)> {
    let of = |place: Place| match (records.record(&place), place) {
        (Some(Record::Credential(credential)), Place::Credential(_, tag)) => {
            Some((tag, credential))
        }
        _ => None,
    };
    records.within(member).into_iter().filter_map(of).collect()
}

/// Returns all payments of a member.
///
/// # Errors
/// Refuses if one of them cannot be read: the result depends on all of them.
pub(super) fn payments(
    records: &dyn Records,
    member: MemberId,
) -> Result<Vec<(Tag, Payment)>, Refusal> {
    let mut found = Vec::new();
    for place in records.within(member) {
        let Place::Payment(_, name) = &place else { continue };
        match records.record(&place) {
            Some(Record::Payment(payment)) => found.push((name.clone(), payment)),
            _ => return Err(missing(records, &place, "there is no such payment", Advice::Check)),
        }
    }
    Ok(found)
}

/// Returns what decides the dues about a member, including the contact data if readable.
pub(super) fn person(records: &dyn Records, id: MemberId, member: &Member) -> Person {
    let born = match records.record(&Place::Contact(id)) {
        Some(Record::Contact(contact)) => contact.born,
        _ => None,
    };
    Person::new(member, born)
}

/// Returns what keeps a new member's doors shut: dues that nobody has paid yet.
pub(super) fn unpaid(records: &dyn Records, id: MemberId, member: &Member) -> Option<Note> {
    let alone = member.parent.is_none() && member.paid_until.is_none();
    let owing = tier(records, &member.tier).is_ok_and(|tier| tier.owes_dues());
    (alone && owing).then(|| {
        let (tier, name) = (&member.tier, text::shown(&member.name));
        Note::new(
            format!("{tier} owes dues and nothing is paid yet, so the doors stay shut for {name}"),
            Advice::AddPayment(id),
        )
    })
}

/// Returns a member's number and name: `0042 Ada Lovelace`.
pub(super) fn who(records: &dyn Records, id: MemberId) -> String {
    match records.record(&Place::Member(id)) {
        Some(Record::Member(member)) => format!("{id} {}", text::shown(&member.name)),
        _ => id.to_string(),
    }
}

/// Returns a short name and the display name, unless they are the same: `frontdoor Front door`.
pub(super) fn named(name: &Slug, called: &str) -> String {
    if name.as_str() == called {
        called.to_owned()
    } else {
        format!("{name} {}", text::shown(called))
    }
}

/// Refuses because a record is missing or cannot be read.
fn missing(records: &dyn Records, place: &Place, message: &str, advice: Advice) -> Refusal {
    if records.exists(place) {
        Refusal::new(format!("{place} cannot be read")).hint(Advice::Check)
    } else {
        Refusal::new(message).hint(advice)
    }
}
