//! Takes grants for some facilities away from fobs that a member keeps.

use std::collections::BTreeSet;

use super::{Held, grant::subject};
use crate::domain::{
    model::{Advice, Change, Credential, Record, RecordPath, Slug, Tag},
    ops::{Plan, Planned, Refusal, look_up},
    records::Records,
};

/// Takes all grants for these facilities from the credentials that are meant, and from those with
/// the same code.
///
/// # Errors
/// Refuses if none of them has such a grant, or if a fob would have no grants left: nobody could
/// grant it anything again without its number, so that is for revoking it.
pub fn ungrant(records: &dyn Records, held: &Held, facilities: &BTreeSet<Slug>) -> Planned {
    let id = held.member();
    let names: Vec<&str> = facilities.iter().map(Slug::as_str).collect();
    let names = names.join(", ");
    let all = held.find_all(records)?;
    let (mut tags, mut change) = (Vec::new(), Change::new("", ""));
    for (tag, credential) in &all {
        let mut rest = credential.clone();
        rest.grants.retain(|it| !facilities.contains(&it.facility));
        if rest.grants.len() == credential.grants.len() {
            continue;
        }
        let path = RecordPath::Credential(id, tag.clone());
        let elsewhere = all.iter().any(|(other, it)| {
            other != tag && it.code == credential.code && opens_more(it, facilities)
        });
        change = if !rest.grants.is_empty() {
            change.put(path, Record::Credential(rest))
        } else if elsewhere {
            change.remove(path)
        } else {
            let kind = credential.kind;
            return Err(Refusal::new(format!("the {kind} {tag} opens nothing but {names}"))
                .hint(Advice::RevokeWhole(tag.clone())));
        };
        tags.push(tag.clone());
    }
    if tags.is_empty() {
        let who = look_up::who(records, id);
        return Err(Refusal::unchanged(format_args!("{who} has no grant for {names}")));
    }
    change.subject = subject("credential: ungrant", &tags, id).and("for").all(facilities);
    let words: Vec<&str> = tags.iter().map(Tag::as_str).collect();
    change.trailer = format!("credential.ungrant {id} {}", words.join(" "));
    Ok(Plan::from(change))
}

fn opens_more(credential: &Credential, than: &BTreeSet<Slug>) -> bool {
    credential.grants.iter().any(|grant| !than.contains(&grant.facility))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ops::{
        credential,
        fixture::{a_fob, id, refused, run, slug, space, tag},
    };

    fn to(name: &str) -> BTreeSet<Slug> {
        [slug(name)].into()
    }

    #[test]
    fn the_fob_stays_and_opens_the_rest() {
        let mut all = space();
        let both = a_fob(1, "T1", 1001, &["frontdoor", "workshop"]);
        run(&mut all, |all| credential::add(all, both));
        let held = Held::FobsOf(id(1));
        let (subject, _) = run(&mut all, |all| ungrant(all, &held, &to("workshop")));
        assert_eq!(subject, "credential: ungrant T1 of 0001 for workshop");
        let refusal = refused(ungrant(&all, &held, &to("workshop")));
        assert!(refusal.starts_with("nothing to do"), "{refusal}");
        let refusal = refused(ungrant(&all, &held, &to("frontdoor")));
        assert!(refusal.contains("the fob T1 opens nothing but frontdoor"), "{refusal}");
        assert_eq!(look_up::credentials(&all, id(1))[0].1.grants.len(), 1);
    }

    #[test]
    fn a_second_credential_of_the_same_fob_goes_if_it_was_for_that() {
        let mut all = space();
        for (name, facility) in [("T1", "frontdoor"), ("T2", "workshop")] {
            run(&mut all, |all| credential::add(all, a_fob(1, name, 1001, &[facility])));
        }
        run(&mut all, |all| ungrant(all, &Held::FobsOf(id(1)), &to("workshop")));
        let left: Vec<Tag> =
            look_up::credentials(&all, id(1)).into_iter().map(|(it, _)| it).collect();
        assert_eq!(left, [tag("T1")]);
    }
}
