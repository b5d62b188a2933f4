//! Finds the records that a request names, or refuses because they are missing.

use super::Refusal;
use crate::domain::{
    dues::DuesTerms,
    model::{
        Advice, Channel, Credential, Facility, Induction, Member, MemberId, Meter, Note, Payment,
        Record, RecordPath, Slug, Space, Tag, Tier, Zone, advice::Listed, text,
    },
    records::Records,
};

pub(in crate::domain) use crate::domain::records::who;

pub(super) fn space(records: &dyn Records) -> Result<Space, Refusal> {
    match records.record(&RecordPath::Space) {
        Some(Record::Space(space)) => Ok(space),
        _ => Err(missing(records, &RecordPath::Space, "there is no space.json", Advice::MakeSpace)),
    }
}

pub(super) fn tier(records: &dyn Records, name: &Slug) -> Result<Tier, Refusal> {
    let path = RecordPath::Tier(name.clone());
    match records.record(&path) {
        Some(Record::Tier(tier)) => Ok(tier),
        _ => Err(missing(
            records,
            &path,
            &format!("there is no tier {name}"),
            Advice::List(Listed::Tiers),
        )),
    }
}

pub(super) fn facility(records: &dyn Records, name: &Slug) -> Result<Facility, Refusal> {
    let path = RecordPath::Facility(name.clone());
    match records.record(&path) {
        Some(Record::Facility(facility)) => Ok(facility),
        _ => {
            let message = format!("there is no facility {name}");
            Err(missing(records, &path, &message, Advice::List(Listed::Facilities)))
        }
    }
}

pub(super) fn meter(records: &dyn Records, name: &Slug) -> Result<Meter, Refusal> {
    let path = RecordPath::Meter(name.clone());
    match records.record(&path) {
        Some(Record::Meter(meter)) => Ok(meter),
        _ => {
            let message = format!("there is no meter {name}");
            Err(missing(records, &path, &message, Advice::List(Listed::Meters)))
        }
    }
}

pub(super) fn zone(records: &dyn Records, name: &Slug) -> Result<Zone, Refusal> {
    let path = RecordPath::Zone(name.clone());
    match records.record(&path) {
        Some(Record::Zone(zone)) => Ok(zone),
        _ => {
            let message = format!("there is no zone {name}");
            Err(missing(records, &path, &message, Advice::List(Listed::Zones)))
        }
    }
}

pub(super) fn channel(records: &dyn Records, name: &Slug) -> Result<Channel, Refusal> {
    let path = RecordPath::Channel(name.clone());
    match records.record(&path) {
        Some(Record::Channel(channel)) => Ok(channel),
        _ => {
            let message = format!("there is no channel {name}");
            Err(missing(records, &path, &message, Advice::List(Listed::Channels)))
        }
    }
}

pub(in crate::domain) fn member(records: &dyn Records, id: MemberId) -> Result<Member, Refusal> {
    let path = RecordPath::Member(id);
    match records.record(&path) {
        Some(Record::Member(member)) => Ok(member),
        _ => {
            let message = format!("there is no member {id}");
            Err(missing(records, &path, &message, Advice::List(Listed::Members)))
        }
    }
}

/// Finds a member who can answer for a child: one who has not left.
pub(super) fn parent(records: &dyn Records, id: MemberId) -> Result<(), Refusal> {
    let Some(left) = member(records, id)?.left else { return Ok(()) };
    let message = format!("{} left on {left} and cannot be a parent", who(records, id));
    Err(Refusal::new(message).hint("name a member who has not left"))
}

pub(super) fn induction(
    records: &dyn Records,
    member: MemberId,
    facility: &Slug,
) -> Option<Induction> {
    match records.record(&RecordPath::Induction(member, facility.clone())) {
        Some(Record::Induction(induction)) => Some(induction),
        _ => None,
    }
}

/// Returns all readable credentials of a member, sorted by tag.
pub(in crate::domain) fn credentials(
    records: &dyn Records,
    member: MemberId,
) -> Vec<(Tag, Credential)> {
    let of = |path: RecordPath| match (records.record(&path), path) {
        (Some(Record::Credential(credential)), RecordPath::Credential(_, tag)) => {
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
    for path in records.within(member) {
        let RecordPath::Payment(_, name) = &path else { continue };
        match records.record(&path) {
            Some(Record::Payment(payment)) => found.push((name.clone(), payment)),
            _ => return Err(missing(records, &path, "there is no such payment", Advice::Check)),
        }
    }
    Ok(found)
}

/// Returns what decides the dues about a member, including the contact data if readable.
pub(super) fn person(records: &dyn Records, id: MemberId, member: &Member) -> DuesTerms {
    let born = match records.record(&RecordPath::Contact(id)) {
        Some(Record::Contact(contact)) => contact.born,
        _ => None,
    };
    DuesTerms::new(member, born)
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

/// Refuses because a record is missing or cannot be read.
fn missing(records: &dyn Records, path: &RecordPath, message: &str, advice: Advice) -> Refusal {
    if records.exists(path) {
        Refusal::new(format!("{path} cannot be read")).hint(Advice::Check)
    } else {
        Refusal::new(message).hint(advice)
    }
}
