//! `activate` gives a member a credential for a facility (requirements.md D-76).

use jiff::Timestamp;

use super::{
    code_now::CodeNow,
    memory::{self, MemberMemory, TagMemory},
    newcomer::newcomer,
    request::Activate,
    step::{Judged, Obstacle, Step},
    terms::Terms,
};
use crate::domain::{
    model::{
        Change, CodeHash, Credential, CredentialType, Grant, MemberId, Record, RecordPath, Slug,
        Subject, Tag,
    },
    records::Records,
};

/// Gives a credential. Of several messages with the same tag and facility, the one sent last counts.
pub(super) fn activate(
    records: &dyn Records,
    terms: &Terms<'_>,
    request: &Activate,
    sent: Timestamp,
) -> Judged {
    let (facility, id) = (&request.facility, request.member);
    let tag = request.tag.on_record(records);
    let stated = (request.code.kind(), request.code.hash(terms.key));
    let holder = holder(records, tag, id)?;
    let (mut about_tag, about_member) =
        (TagMemory::of(records, tag)?, MemberMemory::of(records, id)?);
    let known = about_tag.before().activated.get(facility).copied();
    about_tag.now.note_activation(facility, sent);
    about_tag.now.note_code(stated.0, stated.1, sent);
    if let Some(at) = memory::revoked(&about_tag.now, &about_member.now, facility) {
        // What it takes back is what was given before all of the member's credentials were revoked,
        // and not what a person gave since.
        let everywhere = |tag| memory::revoked_everywhere(tag, &about_member.now);
        let here = |tag| memory::revoked(tag, &about_member.now, facility).is_some();
        let left = match (about_tag.before(), &about_tag.now) {
            (before, now) if everywhere(now) && !everywhere(before) => None,
            (before, _) if !here(before) => holder.clone().and_then(|it| without(it, facility)),
            _ => holder.clone(),
        };
        let now =
            CodeNow { about_tag: &about_tag, about_member: &about_member, holder: left.as_ref() };
        let code = now.code(stated, None, sent)?;
        let change = written((id, tag), holder, left, code);
        let change = about_tag.remember(change);
        return Ok(match sent > at {
            true => {
                let why = format!("{tag} was revoked on {at}: a new reservation needs a new tag");
                Step::refused(why, change)
            }
            false => {
                let why = format!("{tag} was revoked by a message that was sent later, on {at}");
                Step::unchanged(why, change)
            }
        });
    }
    let overtaken = known.filter(|known| sent <= known.last);
    let now =
        CodeNow { about_tag: &about_tag, about_member: &about_member, holder: holder.as_ref() };
    let code = now.code(stated, overtaken.is_none().then_some(facility), sent)?;
    if let Some(known) = overtaken {
        let why = match sent == known.last {
            true => format!("{tag} is already active at {facility}"),
            false => format!("a message that was sent later, on {}, counts instead", known.last),
        };
        let change = written((id, tag), holder.clone(), holder, code);
        return Ok(Step::unchanged(why, about_tag.remember(change)));
    }
    held_by_nobody_else(records, id, code)?;
    let (mut change, notes) = newcomer(records, terms, id, facility, sent)?;
    let of = if change.edits.is_empty() { "of" } else { "of the new member" };
    let mut grants = holder.map_or_else(Vec::new, |it| it.grants);
    let new = Grant {
        facility: facility.clone(),
        priority: request.priority,
        effective: request.effective,
        expiration: Some(request.expiration),
    };
    grants.retain(|grant| grant.facility != *facility);
    // In an order that does not depend on which message came first.
    grants.insert(grants.partition_point(|grant| grant.facility < *facility), new);
    let credential = Credential { kind: code.0, code: code.1, grants };
    change = change.put(RecordPath::Credential(id, tag.clone()), Record::Credential(credential));
    let subject = Subject::new("credential: activate").and(code.0).and(of).and(id);
    change.subject = subject.and("for").and(facility);
    Ok(Step { notes, ..Step::changing(about_tag.remember(change)) })
}

/// Returns the credential with a tag, if the member has it.
///
/// # Errors
/// Something else has the tag.
fn holder(records: &dyn Records, tag: &Tag, id: MemberId) -> Result<Option<Credential>, Obstacle> {
    let own = RecordPath::Credential(id, tag.clone());
    for path in records.tagged(tag) {
        if path != own {
            return Err(Obstacle::Contradiction(match path {
                RecordPath::Credential(other, _) => {
                    format!("{tag} is the tag of a credential of {other}")
                }
                _ => format!("{tag} is the tag of a requirement"),
            }));
        }
    }
    Ok(match records.record(&own) {
        Some(Record::Credential(credential)) => Some(credential),
        _ => None,
    })
}

/// Returns a credential without its grants for a facility; `None` if none are left.
fn without(mut credential: Credential, facility: &Slug) -> Option<Credential> {
    credential.grants.retain(|grant| grant.facility != *facility);
    (!credential.grants.is_empty()).then_some(credential)
}

/// Returns the change from one credential to what is left of it, with a code.
fn written(
    (id, tag): (MemberId, &Tag),
    before: Option<Credential>,
    left: Option<Credential>,
    (kind, code): (CredentialType, CodeHash),
) -> Change {
    let change = Change::new("", "");
    let path = RecordPath::Credential(id, tag.clone());
    let after = left.map(|it| Credential { kind, code, ..it });
    match after {
        _ if before == after => change,
        None => change.remove(path),
        Some(after) => change.put(path, Record::Credential(after)),
    }
}

/// Refuses a code that another member holds, since a code of two members opens nothing.
pub(super) fn held_by_nobody_else(
    records: &dyn Records,
    id: MemberId,
    (kind, code): (CredentialType, CodeHash),
) -> Result<(), Obstacle> {
    match records.holders(&code).into_iter().find(|(other, _)| *other != id) {
        None => Ok(()),
        Some((other, tag)) => {
            Err(Obstacle::Contradiction(format!("the {kind} belongs to {other} (tag {tag})")))
        }
    }
}
