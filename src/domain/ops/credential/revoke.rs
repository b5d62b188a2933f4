//! Revokes credentials (requirements.md D-77).

use std::collections::BTreeSet;

use crate::domain::{
    model::{
        Advice, Change, CodeHash, Counted, Credential, MemberId, Record, RecordPath, Slug, Subject,
        Tag, advice::Listed,
    },
    ops::{Planned, Refusal, look_up},
    records::Records,
};

/// Which credentials are to be revoked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Which {
    /// Those with these tags.
    Tags(Vec<Tag>),
    /// All of one member.
    Member(MemberId),
    /// All with this code, whoever holds it.
    Code(CodeHash),
}

/// Revokes credentials, or only their grants for one facility.
///
/// # Errors
/// Refuses if nothing matches.
pub fn revoke(records: &dyn Records, which: &Which, facility: Option<&Slug>) -> Planned {
    let mut change = Change::new("", "");
    let mut members = BTreeSet::new();
    let mut tags = Vec::new();
    let at = facility.map(|name| format!(" for {name}")).unwrap_or_default();
    for (id, tag) in matching(records, which, &at)? {
        let path = RecordPath::Credential(id, tag.clone());
        match (records.record(&path), facility) {
            (Some(Record::Credential(credential)), Some(facility)) => {
                let Some(left) = without(credential, facility) else { continue };
                change = if left.grants.is_empty() {
                    change.remove(path)
                } else {
                    change.put(path, Record::Credential(left))
                };
            }
            // An unreadable record grants nothing, and nobody can tell whether it is for the
            // facility.
            (None, Some(_)) => continue,
            _ => change = change.remove(path),
        }
        members.insert(id);
        tags.push(tag);
    }
    if tags.is_empty() {
        return Err(no_match(records, which, &at));
    }
    let subject = Subject::new("credential: revoke");
    let subject = match tags.as_slice() {
        [tag] => subject.and(tag),
        tags => subject.and(Counted::new(tags.len(), "credentials")),
    };
    let subject = subject.and("of").all(members.iter().copied());
    change.subject = match facility {
        Some(name) => subject.and("for").and(name),
        None => subject,
    };
    let ids: Vec<_> = members.iter().map(ToString::to_string).collect();
    let tags: Vec<&str> = tags.iter().map(Tag::as_str).collect();
    change.trailer = format!("credential.revoke {} {}", ids.join(" "), tags.join(" "));
    Ok(change.into())
}

fn matching(
    records: &dyn Records,
    which: &Which,
    at: &str,
) -> Result<Vec<(MemberId, Tag)>, Refusal> {
    let credential = |path: RecordPath| match path {
        RecordPath::Credential(id, tag) => Some((id, tag)),
        _ => None,
    };
    Ok(match which {
        Which::Tags(tags) => {
            let mut all = Vec::new();
            for tag in tags {
                let before = all.len();
                all.extend(records.tagged(tag).into_iter().filter_map(credential));
                if all.len() == before {
                    return Err(no_tag(records, tag, at));
                }
            }
            all
        }
        Which::Code(code) => records.holders(code),
        Which::Member(id) => {
            let paths = records.within(*id);
            if paths.is_empty() {
                look_up::member(records, *id)?;
            }
            paths.into_iter().filter_map(credential).collect()
        }
    })
}

/// Returns the credential without its grants for a facility; `None` if it has none for it.
fn without(mut credential: Credential, facility: &Slug) -> Option<Credential> {
    let before = credential.grants.len();
    credential.grants.retain(|grant| grant.facility != *facility);
    (credential.grants.len() < before).then_some(credential)
}

fn no_match(records: &dyn Records, which: &Which, at: &str) -> Refusal {
    let refusal = match which {
        Which::Tags(tags) => match tags.as_slice() {
            [tag] => return no_tag(records, tag, at),
            _ => Refusal::new(format!("no credential{at} has one of these tags")),
        },
        Which::Member(id) => {
            Refusal::new(format!("{} has no credential{at}", look_up::who(records, *id)))
        }
        Which::Code(_) => Refusal::new(format!("nobody holds this code{at}")),
    };
    refusal.hint(Advice::List(Listed::Credentials))
}

fn no_tag(records: &dyn Records, tag: &Tag, at: &str) -> Refusal {
    let requirement = |path: &RecordPath| matches!(path, RecordPath::Requirement(..));
    if records.tagged(tag).iter().any(requirement) {
        return Refusal::new(format!("{tag} is the tag of a requirement"))
            .hint(Advice::RevokeRequirement(tag.clone()));
    }
    Refusal::new(format!("no credential{at} has the tag {tag}"))
        .hint(Advice::List(Listed::Credentials))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ops::{
        credential,
        fixture::{a_fob, fob, id, refused, run, slug, space, tag},
    };

    fn two_fobs() -> crate::domain::records::Catalogue {
        let mut all = space();
        for request in
            [a_fob(1, "T1", 1001, &["frontdoor", "workshop"]), a_fob(1, "T2", 1002, &["workshop"])]
        {
            run(&mut all, |all| credential::add(all, request));
        }
        all
    }

    fn left(all: &dyn Records) -> Vec<(String, usize)> {
        let count = |(tag, held): (Tag, Credential)| (tag.to_string(), held.grants.len());
        look_up::credentials(all, id(1)).into_iter().map(count).collect()
    }

    #[test]
    fn by_tag_member_or_code() {
        for (which, rest) in [
            (Which::Tags(vec![tag("T1")]), vec![("T2".to_owned(), 1)]),
            (Which::Code(fob(1002)), vec![("T1".to_owned(), 2)]),
            (Which::Tags(vec![tag("T1"), tag("T2")]), vec![]),
            (Which::Member(id(1)), vec![]),
        ] {
            let mut all = two_fobs();
            let (subject, _) = run(&mut all, |all| revoke(all, &which, None));
            assert!(subject.ends_with("of 0001"), "{subject}");
            assert_eq!(left(&all), rest);
        }
    }

    /// See requirements.md D-77.
    #[test]
    fn for_one_facility_drops_just_its_grants() {
        let mut all = two_fobs();
        let workshop = slug("workshop");
        run(&mut all, |all| revoke(all, &Which::Member(id(1)), Some(&workshop)));
        assert_eq!(left(&all), [("T1".to_owned(), 1)]);
        let refusal = refused(revoke(&all, &Which::Member(id(1)), Some(&workshop)));
        assert!(
            refusal.starts_with("0001 Ada Lovelace has no credential for workshop"),
            "{refusal}"
        );
    }

    #[test]
    fn says_what_is_not_there() {
        let all = two_fobs();
        for (which, part) in [
            (Which::Tags(vec![tag("T9")]), "no credential has the tag T9"),
            (Which::Tags(vec![tag("T1"), tag("T9")]), "no credential has the tag T9"),
            (Which::Tags(vec![tag("R-laser")]), "R-laser is the tag of a requirement"),
            (Which::Code(fob(7)), "nobody holds this code"),
            (Which::Member(id(2)), "0002 Bob Noyce has no credential"),
            (Which::Member(id(9)), "there is no member 0009"),
        ] {
            let refusal = refused(revoke(&all, &which, None));
            assert!(refusal.contains(part), "{refusal}");
        }
    }

    #[test]
    fn an_unreadable_credential_can_still_be_revoked() {
        let mut all = two_fobs();
        all.insert_unreadable(RecordPath::Credential(id(1), tag("T3")));
        run(&mut all, |all| revoke(all, &Which::Tags(vec![tag("T3")]), None));
        assert!(all.tagged(&tag("T3")).is_empty());
    }
}
