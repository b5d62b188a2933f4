//! Exchanges a member's fob or passcode for another (requirements.md D-78).

use std::collections::BTreeSet;

use super::refuse_held_code;
use crate::domain::{
    model::{
        Advice, Change, CodeHash, Counted, Credential, CredentialType, MemberId, Record,
        RecordPath, Subject, Tag, advice::Listed,
    },
    ops::{Plan, Planned, Refusal, look_up},
    records::Records,
};

/// Which code is to be replaced by which.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Replace {
    /// The member who holds the code.
    pub member: MemberId,
    /// The keyed hash of the old code.
    pub old: CodeHash,
    /// The type of the new code.
    pub kind: CredentialType,
    /// The keyed hash of the new code.
    pub new: CodeHash,
}

impl Replace {
    /// Returns the only code of a type that a member holds, for whoever does not say which is meant.
    ///
    /// # Errors
    /// Refuses if the member holds none, or several.
    pub fn only_code(
        records: &dyn Records,
        id: MemberId,
        kind: CredentialType,
    ) -> Result<CodeHash, Refusal> {
        look_up::member(records, id)?;
        let held = look_up::credentials(records, id).into_iter();
        let codes: BTreeSet<CodeHash> =
            held.filter(|(_, held)| held.kind == kind).map(|(_, held)| held.code).collect();
        let who = look_up::who(records, id);
        let count = codes.len();
        match (codes.into_iter().next(), count) {
            (Some(code), 1) => Ok(code),
            (None, _) => Err(Refusal::new(format!("{who} holds no {kind} to replace"))
                .hint(Advice::List(Listed::CredentialsOf(id)))),
            _ => Err(Refusal::new(format!("{who} holds {count} {kind}s: say which is replaced"))
                .hint(Advice::List(Listed::CredentialsOf(id)))),
        }
    }
}

/// Replaces the old code in all of a member's credentials; tags and grants stay the same.
///
/// # Errors
/// Refuses if the member holds no such code, or if another member holds the new one.
pub fn replace(records: &dyn Records, request: &Replace) -> Planned {
    let Replace { member: id, old, kind, new } = *request;
    look_up::member(records, id)?;
    let who = look_up::who(records, id);
    if old == new {
        return Err(Refusal::unchanged(format_args!("the new {kind} is the same as the old one")));
    }
    refuse_held_code(records, id, kind, &new)?;
    let (mut tags, mut change) = (Vec::new(), Change::new("", ""));
    let mut already = None;
    for (tag, credential) in look_up::credentials(records, id) {
        if credential.code == new {
            already = Some(tag);
        } else if credential.code == old {
            let credential = Credential { kind, code: new, ..credential };
            tags.push(tag.clone());
            change = change.put(RecordPath::Credential(id, tag), Record::Credential(credential));
        }
    }
    if tags.is_empty() {
        return Err(Refusal::new(format!("{who} does not hold the old code"))
            .hint(Advice::List(Listed::CredentialsOf(id))));
    }
    let subject = Subject::new("credential: replace");
    change.subject = match tags.as_slice() {
        [tag] => subject.and(tag).and("of").and(id).and("by another").and(kind),
        tags => subject
            .and(Counted::new(tags.len(), "credentials"))
            .and("of")
            .and(id)
            .and("by one")
            .and(kind),
    };
    let tags: Vec<&str> = tags.iter().map(Tag::as_str).collect();
    change.trailer = format!("credential.replace {id} {}", tags.join(" "));
    let plan = Plan::from(change);
    Ok(match already {
        Some(tag) => plan.note(format!("{who} already held the new {kind} under the tag {tag}")),
        None => plan,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ops::{
        credential,
        fixture::{a_fob, fob, id, refused, run, space},
    };

    #[test]
    fn the_only_fob_is_meant_if_there_is_one() {
        let mut all = space();
        let only =
            |all: &_| Replace::only_code(all, id(1), CredentialType::Fob).map_err(|it| it.message);
        assert!(only(&all).unwrap_err().contains("holds no fob"));
        for request in [a_fob(1, "T1", 1001, &["frontdoor"]), a_fob(1, "T2", 1001, &["workshop"])] {
            run(&mut all, |all| credential::add(all, request));
        }
        assert_eq!(only(&all).unwrap(), fob(1001));
        run(&mut all, |all| credential::add(all, a_fob(1, "T3", 1003, &["workshop"])));
        assert!(only(&all).unwrap_err().contains("2 fobs: say which"));
    }

    fn lost(old: u32, new: u32) -> Replace {
        let kind = CredentialType::Fob;
        Replace { member: id(1), old: fob(old), kind, new: fob(new) }
    }

    /// See requirements.md D-78.
    #[test]
    fn all_of_a_members_credentials_get_the_new_code() {
        let mut all = space();
        for request in [
            a_fob(1, "T1", 1001, &["frontdoor"]),
            a_fob(1, "T2", 1001, &["workshop"]),
            a_fob(1, "T3", 1003, &["workshop"]),
            a_fob(2, "T4", 1004, &["workshop"]),
        ] {
            run(&mut all, |all| credential::add(all, request));
        }
        let (subject, _) = run(&mut all, |all| replace(all, &lost(1001, 2002)));
        assert_eq!(subject, "credential: replace 2 credentials of 0001 by one fob");
        assert!(all.holders(&fob(1001)).is_empty());
        assert_eq!(all.holders(&fob(2002)).len(), 2);
        assert_eq!(all.holders(&fob(1003)).len(), 1);
        for (request, part) in [
            (lost(1001, 3003), "does not hold the old code"),
            (lost(2002, 2002), "nothing to do"),
            (lost(2002, 1004), "belongs to 0002 Bob Noyce (tag T4)"),
        ] {
            let refusal = refused(replace(&all, &request));
            assert!(refusal.contains(part), "{refusal}");
        }
        let (_, notes) = run(&mut all, |all| replace(all, &lost(2002, 1003)));
        assert!(notes[0].contains("already held the new fob under the tag T3"), "{notes:?}");
    }
}
