//! `activate` gives a member a credential for a facility (requirements.md D-76).

use jiff::Timestamp;

use super::{
    memory::{self, MemberMemory, TagMemory},
    request::Activate,
    step::{Judged, Obstacle, Step},
    terms::Terms,
};
use crate::domain::{
    model::{
        Change, CodeHash, Contact, Credential, CredentialType, Grant, MemberId, Note, Record,
        RecordPath, Slug, StatedCode, Tag, Tier,
    },
    ops::{self, look_up},
    records::{Records, zone},
};

/// The tier of members whom another system keeps.
pub(super) const EXTERNAL: &str = "external";

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
        let left = match memory::revoked(about_tag.before(), &about_member.now, facility) {
            Some(_) => holder.clone(),
            // It was given before all of the member's credentials were revoked.
            None if memory::revoked_everywhere(&about_tag.now, &about_member.now) => None,
            None => holder.clone().and_then(|it| without(it, facility)),
        };
        let now = Now { about_tag: &about_tag, about_member: &about_member, holder: left.as_ref() };
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
    let now = Now { about_tag: &about_tag, about_member: &about_member, holder: holder.as_ref() };
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
    let (mut change, notes) = joined(records, terms, id, sent)?;
    let who = match change.edits.is_empty() {
        true => look_up::who(records, id),
        false => format!("{id}, who is new,"),
    };
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
    change.subject = format!("credential: activate {} of {who} for {facility}", code.0);
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
                    format!("{tag} is the tag of a credential of {}", look_up::who(records, other))
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

/// What decides the code of a credential.
struct Now<'a> {
    about_tag: &'a TagMemory,
    about_member: &'a MemberMemory,
    holder: Option<&'a Credential>,
}

impl Now<'_> {
    /// Returns the code that the credential has once the message is applied.
    ///
    /// A message that repeats the code of an earlier one does not bring it back: it may have been
    /// replaced since. One with another code replaces it, unless that would give the new code grants
    /// at other facilities. A message that gives no grant, since `facility` is `None`, may still tell
    /// from when on the credential had its code.
    fn code(
        &self,
        stated: (CredentialType, CodeHash),
        facility: Option<&Slug>,
        sent: Timestamp,
    ) -> Result<(CredentialType, CodeHash), Obstacle> {
        let mut facilities: Vec<&Slug> = facility.into_iter().collect();
        let held = self.holder.iter().flat_map(|it| &it.grants);
        facilities.extend(held.map(|grant| &grant.facility));
        facilities.sort();
        facilities.dedup();
        let become_since = |since| self.about_member.now.become_since(since, stated, &facilities);
        let same = |it: &StatedCode| (it.kind, it.code) == stated;
        let since = self.about_tag.now.stated.filter(same).map_or(sent, |it| it.first);
        let code = become_since(since);
        let Some(now) = self.holder.map(|it| (it.kind, it.code)).filter(|now| *now != code) else {
            return Ok(code);
        };
        let before = self.about_tag.before().stated;
        if let Some(before) = before.filter(same) {
            // Unless it is what the messages made of it, somebody changed it by hand, and it stays.
            return Ok(if become_since(before.first) == now { code } else { now });
        }
        let Some(facility) = facility else { return Ok(now) };
        if facilities.as_slice() == [facility] && before.is_none_or(|it| it.last < sent) {
            return Ok(code);
        }
        Err(Obstacle::Contradiction(
            "its code is not that of the other grants with its tag: \
             use another tag, or replace the code with `modify`"
                .to_owned(),
        ))
    }
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
        Some((other, tag)) => Err(Obstacle::Contradiction(format!(
            "the {kind} belongs to {} (tag {tag})",
            look_up::who(records, other)
        ))),
    }
}

/// Returns a change that adds the member, with the tier if that is missing, unless it is there.
fn joined(
    records: &dyn Records,
    terms: &Terms<'_>,
    id: MemberId,
    sent: Timestamp,
) -> Result<(Change, Vec<Note>), Obstacle> {
    let mut change = Change::new("", "");
    if records.exists(&RecordPath::Member(id)) {
        return Ok((change, Vec::new()));
    }
    let tier: Slug = EXTERNAL.parse().map_err(Obstacle::Invalid)?;
    let path = RecordPath::Tier(tier.clone());
    if !records.exists(&path) {
        let name = "External".to_owned();
        let owes_nothing = Tier { name, price: None, year: None, concessions: false };
        change = change.put(path, Record::Tier(owes_nothing));
    }
    let member = ops::member::Add {
        id,
        name: format!("Member {id}"),
        tier,
        joined: sent.min(terms.now).to_zoned(zone(records)).date(),
        parent: None,
        concession: None,
        chosen_amount: None,
        paid_until: None,
        contact: Contact::default(),
    };
    let plan = ops::member::add(records, member)
        .map_err(|refusal| Obstacle::Unreadable(refusal.message))?;
    change.edits.extend(plan.change.edits);
    Ok((change, plan.notes))
}
