//! Gives a member a fob or passcode (`door-refactor.md` "Add Credential").

use std::collections::BTreeSet;

use super::held_by_nobody_else;
use crate::domain::{
    check::Records,
    model::{
        Change, CodeHash, Credential, CredentialType, Grant, MemberId, Place, Record, Slug, Tag,
    },
    ops::{Plan, Planned, Refusal, look_up},
};

/// What is to be given to whom.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Add {
    /// To whom.
    pub member: MemberId,
    /// The id by which it can be revoked; fresh, or given by whoever asked.
    pub tag: Tag,
    /// Fob or passcode.
    pub kind: CredentialType,
    /// The keyed hash of its code.
    pub code: CodeHash,
    /// What it opens, and when.
    pub grants: Vec<Grant>,
}

/// Gives a member a credential.
///
/// # Errors
/// Refuses if there is no such member, if the tag is in use, or if another member holds the code.
pub fn add(records: &dyn Records, request: Add) -> Planned {
    let Add { member: id, tag, kind, code, grants } = request;
    let member = look_up::member(records, id)?;
    let who = look_up::who(records, id);
    if let Some(place) = records.tagged(&tag).first() {
        return Err(Refusal::new(format!("the tag {tag} is already used by {place}"))
            .hint("leave the tag out to get a fresh one, or revoke the old one first"));
    }
    held_by_nobody_else(records, id, kind, &code)?;
    let facilities: BTreeSet<Slug> = grants.iter().map(|grant| grant.facility.clone()).collect();
    let opens = facilities.iter().map(Slug::as_str).collect::<Vec<_>>().join(", ");
    let change = Change::new(
        format!("credential: add {kind} of {who} for {opens}"),
        format!("credential.add {id} {tag}"),
    )
    .put(Place::Credential(id, tag.clone()), Record::Credential(Credential { kind, code, grants }));
    let mut plan = Plan::from(change);
    for (_, other) in records.holders(&code) {
        plan.notes.push(format!(
            "{who} already holds this {kind} under the tag {other}; \
             the highest priority of the two counts"
        ));
    }
    if let Some(left) = member.left {
        plan.notes.push(format!("{who} left on {left}, so it opens nothing"));
    } else if let Some(suspension) = &member.suspended {
        let since = suspension.since;
        plan.notes.push(format!("{who} is suspended since {since}, so it opens nothing yet"));
    }
    Ok(plan)
}
