//! `modify` replaces a code of a member by another (requirements.md D-78).

use jiff::Timestamp;

use super::{
    activate::held_by_nobody_else,
    code_now::common,
    memory::{MemberMemory, TagMemory},
    request::Modify,
    step::{Judged, Obstacle, Step},
    terms::Terms,
};
use crate::domain::{
    model::{
        Change, CodeHash, Counted, Credential, CredentialType, MemberMessages, Record, RecordPath,
        Replaced, Subject, TagMessages,
    },
    ops::look_up,
    records::Records,
};

/// Replaces a code in all of a member's credentials. It is remembered, so that a credential with the
/// old code that was sent before and comes later gets the new one.
pub(super) fn modify(
    records: &dyn Records,
    terms: &Terms<'_>,
    request: &Modify,
    sent: Timestamp,
) -> Judged {
    let id = request.member;
    let replaced = Replaced {
        sent,
        old: request.old.hash(terms.key),
        kind: request.new.kind(),
        new: request.new.hash(terms.key),
        facility: request.facility.clone(),
    };
    if replaced.old == replaced.new {
        let why = "the new code is the same as the old one";
        return Ok(Step::unchanged(why, Change::new("", "")));
    }
    let mut memory = MemberMemory::of(records, id)?;
    if !memory.now.note_replaced(replaced.clone()) {
        let why = format!("the code of {id} is already replaced");
        return Ok(Step::unchanged(why, Change::new("", "")));
    }
    let (mut change, mut tags) = (Change::new("", ""), Vec::new());
    for (tag, credential) in look_up::credentials(records, id) {
        let about_tag = TagMemory::of(records, &tag)?;
        let code = code_now(about_tag.before(), &memory, &replaced, &credential)?;
        if code == (credential.kind, credential.code) {
            continue;
        }
        held_by_nobody_else(records, id, code)?;
        tags.push(tag.clone());
        let credential = Credential { kind: code.0, code: code.1, ..credential };
        change = change.put(RecordPath::Credential(id, tag), Record::Credential(credential));
    }
    let change = memory.remember(change);
    let kind = replaced.kind;
    let subject = Subject::new("credential: replace");
    let subject = match tags.as_slice() {
        [] => {
            let at = request.facility.as_ref().map(|name| format!(" for {name}"));
            let at = at.unwrap_or_default();
            let why = format!("{id} does not hold the old code{at}");
            return Ok(Step::unchanged(why, change));
        }
        [tag] => subject.and(tag).and("of").and(id).and("by another"),
        tags => {
            subject.and(Counted::new(tags.len(), "credentials")).and("of").and(id).and("by one")
        }
    };
    let subject = subject.and(kind);
    Ok(Step::changing(Change { subject, ..change }))
}

/// Returns the code that a credential has once the message is applied.
fn code_now(
    tag: &TagMessages,
    member: &MemberMemory,
    replaced: &Replaced,
    credential: &Credential,
) -> Result<(CredentialType, CodeHash), Obstacle> {
    let now = (credential.kind, credential.code);
    let held = || credential.grants.iter().map(|grant| &grant.facility);
    if replaced.facility.as_ref().is_some_and(|at| held().all(|it| it != at)) {
        return Ok(now);
    }
    if let Some(stated) = tag.stated {
        let become_by = |member: &MemberMessages| {
            let code = (stated.kind, stated.code);
            common(held(), |at| member.become_since(stated.first, code, at))
        };
        if become_by(member.before()) == Some(now) {
            return become_by(&member.now).ok_or_else(|| several(credential));
        }
    }
    // A person gave it its code.
    if now.1 != replaced.old {
        return Ok(now);
    }
    let code = common(held(), |at| match &replaced.facility {
        Some(only) if only != at => now,
        _ => member.now.become_after(replaced, at),
    });
    code.ok_or_else(|| several(credential))
}

fn several(credential: &Credential) -> Obstacle {
    let mut all: Vec<_> = credential.grants.iter().map(|it| it.facility.as_str()).collect();
    all.dedup();
    Obstacle::Invalid(format!(
        "one credential with this code is for {}: leave out `facility` to replace it at all of \
         them, or revoke it and activate one for each",
        all.join(", ")
    ))
}
