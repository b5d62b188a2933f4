//! Removes a facility that is gone, with its requirements and everybody's leave to open it.

use crate::domain::{
    model::{Change, Counted, Credential, Facility, Record, RecordPath, Slug, Subject},
    ops::{Plan, Planned, Refusal, look_up},
    records::Records,
};

/// Removes a facility, its requirements, all grants for it, and all inductions to it. A credential
/// that opens nothing else goes too; other facilities no longer demand an induction to it.
///
/// # Errors
/// Refuses if there is no such facility.
pub fn remove(records: &dyn Records, name: &Slug) -> Planned {
    let path = RecordPath::Facility(name.clone());
    if !records.exists(&path) {
        look_up::facility(records, name)?;
    }
    let mut change =
        Change::new(Subject::new("facility: remove").and(name), format!("facility.remove {name}"))
            .remove(path);
    for tag in records.requirements(name) {
        change = change.remove(RecordPath::Requirement(name.clone(), tag));
    }
    let (mut grants, mut revoked, mut inductions) = (0_u64, 0_u64, 0_u64);
    let mut notes = Vec::new();
    for path in records.users_of(name, usize::MAX) {
        change = match (records.record(&path), &path) {
            (Some(Record::Credential(held)), _) => match without(held, name) {
                Some(rest) => {
                    grants += 1;
                    change.put(path, Record::Credential(rest))
                }
                None => {
                    revoked += 1;
                    change.remove(path)
                }
            },
            (_, RecordPath::Induction(..)) => {
                inductions += 1;
                change.remove(path)
            }
            (Some(Record::Facility(mut other)), RecordPath::Facility(slug)) if slug != name => {
                notes.push(format!("{slug} no longer demands an induction to {name} first"));
                other.inductions_first.retain(|it| it != name);
                change.put(path.clone(), Record::Facility(Facility { ..other }))
            }
            // What else names it is about more than the facility, and for somebody to decide.
            _ => {
                return Err(
                    Refusal::new(format!("{path} names {name}")).hint("take it out there first")
                );
            }
        };
    }
    for (count, one, many) in [
        (grants, "credential opens it no more", "credentials open it no more"),
        (
            revoked,
            "credential is revoked, since it opened nothing else",
            "credentials are revoked, since they opened nothing else",
        ),
        (inductions, "induction is removed", "inductions are removed"),
    ] {
        if count > 0 {
            notes.push(Counted::new(count, if count == 1 { one } else { many }).to_string());
        }
    }
    Ok(notes.into_iter().fold(Plan::from(change), Plan::note))
}

/// Returns a credential without its grants for a facility; `None` if it has no other.
fn without(mut held: Credential, facility: &Slug) -> Option<Credential> {
    held.grants.retain(|grant| grant.facility != *facility);
    (!held.grants.is_empty()).then_some(held)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ops::{
        credential,
        fixture::{a_fob, id, refused, run, slug, space},
    };

    #[test]
    fn nothing_of_it_is_left() {
        let mut all = space();
        for request in
            [a_fob(1, "T1", 1001, &["frontdoor", "safety"]), a_fob(1, "T2", 1002, &["safety"])]
        {
            run(&mut all, |all| credential::add(all, request));
        }
        let (subject, notes) = run(&mut all, |all| remove(all, &slug("safety")));
        assert_eq!(subject, "facility: remove safety");
        assert_eq!(
            notes,
            [
                "laser no longer demands an induction to safety first",
                "1 credential opens it no more",
                "1 credential is revoked, since it opened nothing else",
                "1 induction is removed",
            ]
        );
        assert_eq!(look_up::credentials(&all, id(1)).len(), 1);
        assert!(all.users_of(&slug("safety"), 9).is_empty());
        assert!(all.requirements(&slug("safety")).is_empty());
        assert!(refused(remove(&all, &slug("safety"))).contains("there is no facility safety"));
    }
}
