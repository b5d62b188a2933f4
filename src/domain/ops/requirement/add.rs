//! Adds a requirement to a facility.

use super::facility_of;
use crate::domain::{
    model::{Advice, Change, Record, RecordPath, Requirement, Slug, Subject, Tag},
    ops::{Planned, Refusal, look_up},
    records::Records,
};

/// Adds a requirement.
///
/// # Errors
/// Refuses if there is no such facility, or if the tag is in use.
pub fn add(records: &dyn Records, facility: &Slug, tag: Tag, requirement: Requirement) -> Planned {
    look_up::facility(records, facility)?;
    if let Some(other) = facility_of(records, &tag)? {
        return Err(Refusal::new(format!("{other} already has a requirement with the tag {tag}"))
            .hint(Advice::SetRequirement(tag)));
    }
    let subject = Subject::new("requirement: add priority").and(requirement.priority);
    let change =
        Change::new(subject.and("for").and(facility), format!("requirement.add {facility} {tag}"))
            .put(RecordPath::Requirement(facility.clone(), tag), Record::Requirement(requirement));
    Ok(change.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ops::{
        credential,
        fixture::{a_fob, refused, run, slug, space, tag},
    };

    #[test]
    fn a_tag_belongs_to_one_thing_only() {
        let mut all = space();
        run(&mut all, |all| credential::add(all, a_fob(1, "T1", 1001, &["laser"])));
        let always =
            Requirement { priority: 2, description: None, arm: None, timespec: "always".into() };
        for (facility, name, part) in [
            ("laser", "R-laser", "laser already has a requirement with the tag"),
            ("laser", "R-workshop", "workshop already has a requirement with the tag"),
            ("laser", "T1", "is the tag of a credential"),
            ("kiln", "R9", "there is no facility kiln"),
        ] {
            let refusal = refused(add(&all, &slug(facility), tag(name), always.clone()));
            assert!(refusal.contains(part), "{refusal}");
        }
        let (subject, _) = run(&mut all, |all| add(all, &slug("laser"), tag("R9"), always));
        assert_eq!(subject, "requirement: add priority 2 for laser");
    }
}
