//! Exchanges a member's fob or passcode for another (`door-refactor.md` "Modify Credential").

use super::held_by_nobody_else;
use crate::domain::{
    check::Records,
    model::{Change, CodeHash, Credential, CredentialType, MemberId, Place, Record},
    ops::{Plan, Planned, Refusal, look_up},
};

/// Which code is to be exchanged for which.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Replace {
    /// Whose.
    pub member: MemberId,
    /// The keyed hash of the code until now.
    pub old: CodeHash,
    /// What the new one is.
    pub kind: CredentialType,
    /// The keyed hash of the new code.
    pub new: CodeHash,
}

/// Gives all of a member's credentials with the old code the new one; tags and grants stay.
///
/// # Errors
/// Refuses if the member holds no such code, or if another member holds the new one.
pub fn replace(records: &dyn Records, request: &Replace) -> Planned {
    let Replace { member: id, old, kind, new } = *request;
    look_up::member(records, id)?;
    let who = look_up::who(records, id);
    if old == new {
        return Err(Refusal::new(format!("nothing to do: the new {kind} is the old one")));
    }
    held_by_nobody_else(records, id, kind, &new)?;
    let (mut tags, mut change) = (Vec::new(), Change::new("", ""));
    let mut already = None;
    for (tag, credential) in look_up::credentials(records, id) {
        if credential.code == new {
            already = Some(tag);
        } else if credential.code == old {
            let credential = Credential { kind, code: new, ..credential };
            tags.push(tag.to_string());
            change = change.put(Place::Credential(id, tag), Record::Credential(credential));
        }
    }
    if tags.is_empty() {
        return Err(Refusal::new(format!("{who} does not hold the old code"))
            .hint(format!("see `space credential list --member {id}`")));
    }
    change.subject = match tags.as_slice() {
        [tag] => format!("credential: replace {tag} of {who} by another {kind}"),
        tags => format!("credential: replace {} credentials of {who} by one {kind}", tags.len()),
    };
    change.trailer = format!("credential.replace {id} {}", tags.join(" "));
    let plan = Plan::from(change);
    Ok(match already {
        Some(tag) => plan.note(format!("{who} already held the new {kind} under the tag {tag}")),
        None => plan,
    })
}
