//! Gives a member a fob or passcode (requirements.md D-76).

use std::collections::BTreeSet;

use super::refuse_held_code;
use crate::domain::{
    model::{
        Advice, Change, CodeHash, Credential, CredentialType, Grant, Member, MemberId, Note,
        Record, RecordPath, Slug, Subject, Tag,
    },
    ops::{Plan, Planned, Refusal, look_up},
    records::Records,
};

/// Which credential is to be given to whom.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Add {
    /// The member who gets it.
    pub member: MemberId,
    /// The id by which it can be revoked; random, or given in the request.
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
    if let Some(path) = records.tagged(&tag).first() {
        return Err(Refusal::new(format!("the tag {tag} is already used by {path}"))
            .hint("leave out the tag to get a random one, or first revoke the old one"));
    }
    refuse_held_code(records, id, kind, &code)?;
    let facilities: BTreeSet<Slug> = grants.iter().map(|grant| grant.facility.clone()).collect();
    let subject = Subject::new("credential: add").and(kind).and("of").and(id).and("for");
    let change = Change::new(subject.all(&facilities), format!("credential.add {id} {tag}")).put(
        RecordPath::Credential(id, tag.clone()),
        Record::Credential(Credential { kind, code, grants }),
    );
    let mut plan = Plan::from(change);
    for (_, other) in records.holders(&code) {
        plan = plan.note(format!(
            "{who} already holds this {kind} under the tag {other}; \
             the higher priority of the two counts"
        ));
    }
    plan.notes.extend(obstacles(records, id, &member, &facilities));
    Ok(plan)
}

/// Says why a credential of a member will open nothing at some facilities, whatever it grants.
pub(in crate::domain) fn obstacles(
    records: &dyn Records,
    id: MemberId,
    member: &Member,
    facilities: &BTreeSet<Slug>,
) -> Vec<Note> {
    let who = look_up::who(records, id);
    let mut notes = Vec::new();
    if let Some(left) = member.left {
        notes.push(format!("{who} left on {left}, so the credential opens nothing").into());
    } else if let Some(suspension) = member.suspension() {
        let why = match suspension.until {
            None => format!(
                "{who} is suspended since {suspension}, so the credential opens nothing for now"
            ),
            Some(until) => format!(
                "{who} is suspended, so the credential opens nothing from {} until {until}",
                suspension.since
            ),
        };
        notes.push(why.into());
    } else {
        notes.extend(look_up::unpaid(records, id, member));
    }
    for name in facilities {
        let Ok(facility) = look_up::facility(records, name) else { continue };
        let own = facility.induction.then_some(name);
        for first in facility.inductions_first.iter().chain(own) {
            if look_up::induction(records, id, first).is_none() {
                notes.push(Note::new(
                    format!("{name} stays shut until {who} has an induction to {first}"),
                    Advice::AddInduction { member: id, facility: first.clone() },
                ));
            }
        }
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ops::{
        fixture::{a_fob, day, fob, id, refused, run, slug, space},
        member,
    };

    #[test]
    fn one_credential_may_open_several_facilities() {
        let mut all = space();
        let request = a_fob(1, "T1", 1001, &["frontdoor", "workshop"]);
        let (subject, notes) = run(&mut all, |all| add(all, request));
        assert_eq!(subject, "credential: add fob of 0001 for frontdoor, workshop");
        assert_eq!(notes.len(), 1, "{notes:?}");
        assert!(notes[0].starts_with("standard owes dues"), "{notes:?}");
        assert_eq!(all.holders(&fob(1001)), [(id(1), "T1".parse().unwrap())]);
    }

    #[test]
    fn says_which_inductions_are_missing() {
        let notes = add(&space(), a_fob(2, "T2", 1002, &["laser"])).unwrap().notes;
        let missing: Vec<&Note> =
            notes.iter().filter(|note| note.text.contains("induction")).collect();
        let to = |name| Some(Advice::AddInduction { member: id(2), facility: slug(name) });
        assert_eq!(missing.len(), 2, "{notes:?}");
        assert_eq!(missing[0].advice, to("safety"), "{notes:?}");
        assert_eq!(missing[1].advice, to("laser"), "{notes:?}");
    }

    #[test]
    fn refuses_a_code_that_another_member_holds() {
        let mut all = space();
        run(&mut all, |all| add(all, a_fob(1, "T1", 1001, &["frontdoor"])));
        let refusal = refused(add(&all, a_fob(2, "T2", 1001, &["frontdoor"])));
        assert_eq!(
            refusal,
            "this fob belongs to 0001 Ada Lovelace (tag T1) | RevokeCredential(T1)"
        );
    }

    #[test]
    fn says_so_if_the_member_already_holds_the_code() {
        let mut all = space();
        run(&mut all, |all| add(all, a_fob(1, "T1", 1001, &["frontdoor"])));
        let (_, notes) = run(&mut all, |all| add(all, a_fob(1, "T2", 1001, &["workshop"])));
        assert!(notes[0].contains("already holds this fob under the tag T1"), "{notes:?}");
    }

    #[test]
    fn refuses_a_tag_that_is_in_use_even_for_the_same_member() {
        let mut all = space();
        run(&mut all, |all| add(all, a_fob(1, "T1", 1001, &["frontdoor"])));
        for tag in ["T1", "R-laser"] {
            let refusal = refused(add(&all, a_fob(1, tag, 1002, &["frontdoor"])));
            assert!(refusal.contains("is already used by"), "{refusal}");
        }
        assert!(refused(add(&all, a_fob(9, "T9", 1009, &["frontdoor"]))).contains("0009"));
    }

    #[test]
    fn says_so_if_it_opens_nothing_for_now() {
        let mut all = space();
        let since = day("2026-05-01");
        run(&mut all, |all| member::suspend(all, id(1), since, "for the test".to_owned()));
        run(&mut all, |all| member::leave(all, id(2), since, member::Credentials::Keep));
        for (member, word) in [(1, "suspended"), (2, "left")] {
            let request = a_fob(member, &format!("T{member}"), 1000, &["frontdoor"]);
            assert!(add(&all, request).unwrap().notes[0].text.contains(word));
        }
    }
}
