//! `revoke` takes credentials away, at one facility or at all (requirements.md D-77).

use jiff::Timestamp;

use super::{
    memory::{MemberMemory, TagMemory},
    request::{Revoke, Which},
    step::{Judged, Step},
};
use crate::domain::{
    model::{Change, Counted, MemberId, RecordPath, Slug, Subject, Tag, TagMessages},
    ops,
    records::Records,
};

/// Takes credentials away. What is not there is remembered, so that a message that was sent before
/// and comes later gives nothing.
pub(super) fn revoke(records: &dyn Records, request: &Revoke, sent: Timestamp) -> Judged {
    let facility = request.facility.as_ref();
    match &request.which {
        Which::Tag(tag) => by_tag(records, tag.on_record(records), facility, sent),
        Which::Member(id) => by_member(records, *id, facility, sent),
    }
}

fn by_tag(records: &dyn Records, tag: &Tag, facility: Option<&Slug>, sent: Timestamp) -> Judged {
    let mut memory = TagMemory::of(records, tag)?;
    let known = match facility {
        Some(name) => memory.now.revoked_at.get(name).copied(),
        None => memory.now.revoked,
    };
    if known.is_some_and(|known| sent <= known) {
        return Ok(Step::unchanged(format!("{tag} is already revoked"), Change::new("", "")));
    }
    match facility {
        Some(name) => drop(memory.now.revoked_at.insert(name.clone(), sent)),
        None => memory.now.revoked = Some(sent),
    }
    let which = ops::credential::Which::Tags(vec![tag.clone()]);
    Ok(match ops::credential::revoke(records, &which, facility) {
        Ok(plan) => Step::changing(memory.remember(plan.change)),
        Err(nothing) => Step::unchanged(nothing.message, memory.remember(Change::new("", ""))),
    })
}

fn by_member(
    records: &dyn Records,
    id: MemberId,
    facility: Option<&Slug>,
    sent: Timestamp,
) -> Judged {
    let mut memory = MemberMemory::of(records, id)?;
    let at = facility.map(|name| format!(" for {name}")).unwrap_or_default();
    let known = match facility {
        Some(name) => memory.now.revoked_at.get(name).copied(),
        None => memory.now.revoked,
    };
    if known.is_some_and(|known| sent <= known) {
        let why = format!("all credentials of {id} are already revoked{at}");
        return Ok(Step::unchanged(why, Change::new("", "")));
    }
    match facility {
        Some(name) => drop(memory.now.revoked_at.insert(name.clone(), sent)),
        None => memory.now.revoked = Some(sent),
    }
    let mut change = Change::new("", "");
    for path in records.within(id) {
        let RecordPath::Credential(_, tag) = path else { continue };
        if given_later(&TagMemory::of(records, &tag)?.now, facility, sent) {
            continue;
        }
        let which = ops::credential::Which::Tags(vec![tag]);
        if let Ok(plan) = ops::credential::revoke(records, &which, facility) {
            change.edits.extend(plan.change.edits);
            change.subject = plan.change.subject;
        }
    }
    Ok(match change.edits.len() {
        0 => Step::unchanged(format!("{id} has no credential{at}"), memory.remember(change)),
        1 => Step::changing(memory.remember(change)),
        count => {
            let subject = Subject::new("credential: revoke");
            let subject = subject.and(Counted::new(count, "credentials")).and("of").and(id);
            change.subject = match facility {
                Some(name) => subject.and("for").and(name),
                None => subject,
            };
            Step::changing(memory.remember(change))
        }
    })
}

/// Tells whether a credential was only given after the message was sent. One that a person gave was
/// given at a time that nobody knows, and is revoked.
fn given_later(tag: &TagMessages, facility: Option<&Slug>, sent: Timestamp) -> bool {
    let first = match facility {
        Some(name) => tag.activated.get(name).map(|it| it.first),
        None => tag.first(),
    };
    first.is_some_and(|first| first > sent)
}
