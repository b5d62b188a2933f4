//! Changes the priority or the window of grants that a credential has.

use jiff::Timestamp;

use super::{Held, grant::subject};
use crate::domain::{
    model::{Change, Credential, Priority, Record, RecordPath, Slug, Tag},
    ops::{Field, Plan, Planned, Refusal, changed_fields::ChangedFields, look_up},
    records::Records,
};

/// The new value of each field of the grants; those that are not given stay as they are.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[expect(missing_docs, reason = "each field is named like the field of the grant")]
pub struct Edit {
    pub facility: Option<Slug>,
    pub priority: Option<Priority>,
    pub effective: Option<Timestamp>,
    pub expiration: Field<Timestamp>,
}

/// Changes the grants of a credential: those for one facility, or all.
///
/// # Errors
/// Refuses if there is no such credential or grant, or if nothing would change.
pub fn edit(records: &dyn Records, held: &Held, request: &Edit) -> Planned {
    let id = held.member();
    let (mut tags, mut change) = (Vec::new(), Change::new("", ""));
    let mut edits = ChangedFields::default();
    let mut found = false;
    for (tag, mut credential) in held.find(records)? {
        let before = credential.clone();
        let meant = |facility: &Slug| request.facility.as_ref().is_none_or(|it| it == facility);
        for grant in credential.grants.iter_mut().filter(|it| meant(&it.facility)) {
            found = true;
            edits.set("priority", request.priority, &mut grant.priority);
            edits.set("effective", request.effective, &mut grant.effective);
            edits.field("expiration", request.expiration.clone(), &mut grant.expiration);
        }
        if credential != before {
            tags.push(tag.clone());
            let record = Record::Credential(Credential { ..credential });
            change = change.put(RecordPath::Credential(id, tag), record);
        }
    }
    let who = look_up::who(records, id);
    if let (false, Some(facility)) = (found, &request.facility) {
        return Err(Refusal::new(format!("{who} has no grant for {facility}"))
            .hint("`credential grant` gives one"));
    }
    let names = edits.names(&format!("the credential of {who}"))?;
    change.subject = subject("credential: edit", &tags, id).aside(names);
    let words: Vec<&str> = tags.iter().map(Tag::as_str).collect();
    change.trailer = format!("credential.edit {id} {}", words.join(" "));
    Ok(Plan::from(change))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ops::{
        credential,
        fixture::{a_fob, id, refused, run, slug, space, tag},
    };

    #[test]
    fn grants_for_one_facility_or_all_are_changed() {
        let mut all = space();
        let both = a_fob(1, "T1", 1001, &["frontdoor", "workshop"]);
        run(&mut all, |all| credential::add(all, both));
        let held = Held::Tagged(id(1), tag("T1"));
        let until: Timestamp = "2026-07-01T00:00:00Z".parse().unwrap();
        let one = Edit {
            facility: Some(slug("workshop")),
            expiration: Field::Set(until),
            ..Edit::default()
        };
        let (subject, _) = run(&mut all, |all| edit(all, &held, &one));
        assert_eq!(subject, "credential: edit T1 of 0001 (expiration)");
        let of = |all: &dyn Records| look_up::credentials(all, id(1)).remove(0).1.grants;
        let ends: Vec<_> = of(&all).iter().map(|it| it.expiration).collect();
        assert_eq!(ends, [None, Some(until)]);
        let every = Edit { priority: Some(3), ..Edit::default() };
        run(&mut all, |all| edit(all, &held, &every));
        assert!(of(&all).iter().all(|it| it.priority == 3));
        assert!(refused(edit(&all, &held, &every)).starts_with("nothing to do"));
        let none = Edit { facility: Some(slug("laser")), ..every };
        assert!(refused(edit(&all, &held, &none)).contains("has no grant for laser"));
    }
}
