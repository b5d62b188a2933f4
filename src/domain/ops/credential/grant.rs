//! Lets fobs that a member already holds open more, in the grants of their credentials.

use std::collections::BTreeSet;

use super::{Held, obstacles};
use crate::domain::{
    model::{Change, Counted, Credential, Grant, MemberId, Record, RecordPath, Slug, Subject, Tag},
    ops::{Plan, Planned, Refusal, look_up},
    records::Records,
};

/// Gives the credentials that are meant these grants too.
///
/// A grant that an existing one includes is not written again; existing ones that it includes are
/// replaced by it.
///
/// # Errors
/// Refuses if there is no such credential, or if all of them have the grants already.
pub fn grant(records: &dyn Records, held: &Held, grants: &[Grant]) -> Planned {
    let id = held.member();
    let (mut tags, mut change) = (Vec::new(), Change::new("", ""));
    for (tag, credential) in held.find(records)? {
        let wider = widen(&credential, grants);
        if wider != credential.grants {
            let credential = Credential { grants: wider, ..credential };
            let path = RecordPath::Credential(id, tag.clone());
            change = change.put(path, Record::Credential(credential));
            tags.push(tag);
        }
    }
    let facilities: BTreeSet<Slug> = grants.iter().map(|it| it.facility.clone()).collect();
    let names: Vec<&str> = facilities.iter().map(Slug::as_str).collect();
    if tags.is_empty() {
        let who = look_up::who(records, id);
        let names = names.join(", ");
        return Err(Refusal::unchanged(format_args!("{who} already has this for {names}")));
    }
    change.subject = subject("credential: grant", &tags, id).and("for").all(&facilities);
    let words: Vec<&str> = tags.iter().map(Tag::as_str).collect();
    change.trailer = format!("credential.grant {id} {} for {}", words.join(" "), names.join(" "));
    let mut plan = Plan::from(change);
    let member = look_up::member(records, id)?;
    plan.notes.extend(obstacles(records, id, &member, &facilities));
    Ok(plan)
}

/// Begins the subject of a change to some credentials of a member.
pub(super) fn subject(words: &'static str, tags: &[Tag], id: MemberId) -> Subject {
    let subject = Subject::new(words);
    match tags {
        [tag] => subject.and(tag),
        tags => subject.and(Counted::new(tags.len(), "credentials")),
    }
    .and("of")
    .and(id)
}

/// Returns the grants of a credential together with new ones, none within another.
pub(super) fn widen(credential: &Credential, new: &[Grant]) -> Vec<Grant> {
    let mut all = credential.grants.clone();
    for grant in new {
        if !all.iter().any(|other| includes(other, grant)) {
            all.retain(|other| !includes(grant, other));
            all.push(grant.clone());
        }
    }
    all
}

/// Tells whether one grant gives all that another gives.
fn includes(wide: &Grant, narrow: &Grant) -> bool {
    let until_then = match (wide.expiration, narrow.expiration) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(wide), Some(narrow)) => wide >= narrow,
    };
    wide.facility == narrow.facility
        && wide.priority >= narrow.priority
        && wide.effective <= narrow.effective
        && until_then
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::domain::{
        model::{Advice, CredentialType},
        ops::{
            credential::{self, Add},
            fixture::{self, a_fob, fob, id, refused, run, slug, space, tag},
        },
    };

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn window(facility: &str, priority: i32, from: &str, until: Option<&str>) -> Grant {
        let expiration = until.map(at);
        Grant { facility: slug(facility), priority, effective: at(from), expiration }
    }

    fn grants(all: &dyn Records, name: &str) -> Vec<Grant> {
        let mut found = look_up::credentials(all, id(1));
        found.retain(|(it, _)| it.as_str() == name);
        found.remove(0).1.grants
    }

    #[test]
    fn a_fob_that_is_held_opens_one_more_facility() {
        let mut all = space();
        run(&mut all, |all| credential::add(all, a_fob(1, "T1", 1001, &["frontdoor"])));
        let more = window("laser", 2, "2026-03-01T00:00:00Z", None);
        let (subject, _) =
            run(&mut all, |all| grant(all, &Held::FobsOf(id(1)), std::slice::from_ref(&more)));
        assert_eq!(subject, "credential: grant T1 of 0001 for laser");
        assert_eq!(grants(&all, "T1"), [fixture::grant("frontdoor"), more.clone()]);
        let again = refused(grant(&all, &Held::FobsOf(id(1)), &[more]));
        assert!(again.starts_with("nothing to do: 0001 Ada Lovelace already has"), "{again}");
    }

    #[test]
    fn each_fob_gets_it_once_and_no_passcode() {
        let mut all = space();
        for request in [
            a_fob(1, "T1", 1001, &["frontdoor"]),
            a_fob(1, "T2", 1001, &["workshop"]),
            a_fob(1, "T3", 1003, &["workshop"]),
            Add { kind: CredentialType::Passcode, ..a_fob(1, "T4", 1004, &["workshop"]) },
        ] {
            run(&mut all, |all| credential::add(all, request));
        }
        let more = [window("laser", 1, "2026-03-01T00:00:00Z", None)];
        let (subject, _) = run(&mut all, |all| grant(all, &Held::FobsOf(id(1)), &more));
        assert_eq!(subject, "credential: grant 2 credentials of 0001 for laser");
        let counts = ["T1", "T2", "T3", "T4"].map(|name| grants(&all, name).len());
        assert_eq!(counts, [2, 1, 2, 1]);
        run(&mut all, |all| grant(all, &Held::Tagged(id(1), tag("T4")), &more));
        assert_eq!(grants(&all, "T4").len(), 2);
    }

    #[test]
    fn a_wider_grant_replaces_what_it_includes() {
        let held =
            |grants: Vec<Grant>| Credential { kind: CredentialType::Fob, code: fob(1001), grants };
        let march = window("laser", 1, "2026-03-01T00:00:00Z", Some("2026-04-01T00:00:00Z"));
        let year = window("laser", 2, "2026-01-01T00:00:00Z", Some("2027-01-01T00:00:00Z"));
        let higher = Grant { priority: 3, ..march.clone() };
        for (before, new, after) in [
            (vec![march.clone()], year.clone(), vec![year.clone()]),
            (vec![year.clone()], march, vec![year.clone()]),
            (vec![year.clone()], higher.clone(), vec![year, higher]),
        ] {
            assert_eq!(widen(&held(before), &[new]), after);
        }
    }

    #[test]
    fn says_what_is_in_the_way() {
        let mut all = space();
        let more = [window("laser", 1, "2026-03-01T00:00:00Z", None)];
        let refusal = refused(grant(&all, &Held::FobsOf(id(2)), &more));
        assert_eq!(
            refusal,
            format!("0002 Bob Noyce has no fob yet | {:?}", Advice::GiveFob(id(2)))
        );
        run(&mut all, |all| credential::add(all, a_fob(2, "T1", 1001, &["frontdoor"])));
        let plan = grant(&all, &Held::FobsOf(id(2)), &more).unwrap();
        assert!(plan.notes.iter().any(|it| it.text.contains("induction to laser")), "{plan:?}");
        for (who, part) in [(1, "no readable credential"), (9, "no member 0009")] {
            let refusal = refused(grant(&all, &Held::Tagged(id(who), tag("T1")), &more));
            assert!(refusal.contains(part), "{refusal}");
        }
    }
}
