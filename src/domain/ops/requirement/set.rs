//! Changes a requirement, or adds it (requirements.md D-79).

use super::facility_of;
use crate::domain::{
    model::{Arm, Change, Priority, Record, RecordPath, Requirement, Slug, Subject, Tag},
    ops::{Field, Planned, Refusal, changed_fields::ChangedFields, look_up},
    records::Records,
};

/// The new value of each field. A new requirement needs a facility, a priority and a timespec.
#[derive(Clone, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "each field is named like the field of the record")]
pub struct Set {
    pub tag: Tag,
    pub facility: Option<Slug>,
    pub priority: Option<Priority>,
    pub timespec: Option<String>,
    pub description: Field<String>,
    pub arm: Field<Arm>,
}

/// Changes the requirement with this tag, whichever facility has it, or adds it.
///
/// # Errors
/// Refuses if the facility does not exist, the tag belongs to a credential, nothing would change,
/// or a new requirement is incomplete.
pub fn set(records: &dyn Records, request: Set) -> Planned {
    let tag = &request.tag;
    let Some(at) = facility_of(records, tag)? else { return add(records, request) };
    let path = RecordPath::Requirement(at.clone(), tag.clone());
    let Some(Record::Requirement(mut requirement)) = records.record(&path) else {
        // The file exists but cannot be read: only a complete requirement can replace it.
        return add(records, Set { facility: request.facility.clone().or(Some(at)), ..request });
    };
    let mut edits = ChangedFields::default();
    let mut facility = at.clone();
    edits.set("facility", request.facility, &mut facility);
    edits.set("priority", request.priority, &mut requirement.priority);
    edits.set("timespec", request.timespec, &mut requirement.timespec);
    edits.field("description", request.description, &mut requirement.description);
    edits.field("arm", request.arm, &mut requirement.arm);
    look_up::facility(records, &facility)?;
    let changed = edits.names(&format!("the requirement {tag}"))?;
    let subject = Subject::new("requirement: set").and(tag).and("for").and(&facility);
    let subject = subject.aside(changed);
    let mut change = Change::new(subject, format!("requirement.set {facility} {tag}"));
    if facility != at {
        change = change.remove(path);
    }
    let path = RecordPath::Requirement(facility, tag.clone());
    Ok(change.put(path, Record::Requirement(requirement)).into())
}

fn add(records: &dyn Records, request: Set) -> Planned {
    let Set { tag, facility, priority, timespec, description, arm } = request;
    let (Some(facility), Some(priority), Some(timespec)) = (facility, priority, timespec) else {
        return Err(Refusal::new(format!("there is no requirement with the tag {tag}"))
            .hint("a new one needs a facility, a priority and a timespec"));
    };
    look_up::facility(records, &facility)?;
    let requirement = Requirement {
        priority,
        description: description.apply_to(None),
        arm: arm.apply_to(None),
        timespec,
    };
    let subject = Subject::new("requirement: set priority").and(priority);
    let change =
        Change::new(subject.and("for").and(&facility), format!("requirement.set {facility} {tag}"))
            .put(RecordPath::Requirement(facility, tag), Record::Requirement(requirement));
    Ok(change.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        ops::fixture::{refused, run, slug, space, tag},
        ops::requirement::revoke,
        records::Catalogue,
    };

    fn request(name: &str, facility: Option<&str>, priority: Option<Priority>) -> Set {
        Set {
            tag: tag(name),
            facility: facility.map(slug),
            priority,
            timespec: None,
            description: Field::Keep,
            arm: Field::Keep,
        }
    }

    fn read(all: &Catalogue, facility: &str, name: &str) -> Option<Requirement> {
        match all.record(&RecordPath::Requirement(slug(facility), tag(name))) {
            Some(Record::Requirement(requirement)) => Some(requirement),
            _ => None,
        }
    }

    /// See requirements.md D-79.
    #[test]
    fn a_tag_that_exists_is_updated() {
        let mut all = space();
        let open = Set {
            timespec: Some("always".into()),
            description: Field::Set("summer fair".into()),
            arm: Field::Set(Arm::FirstGrant),
            ..request("R7", Some("workshop"), Some(-1))
        };
        let (subject, _) = run(&mut all, |all| set(all, open.clone()));
        assert_eq!(subject, "requirement: set priority -1 for workshop");
        assert!(refused(set(&all, open)).contains("nothing to do"));
        run(&mut all, |all| set(all, request("R7", None, Some(-2))));
        let updated = read(&all, "workshop", "R7").unwrap();
        assert_eq!((updated.priority, updated.arm), (-2, Some(Arm::FirstGrant)));
        assert_eq!(updated.description.as_deref(), Some("summer fair"));
        assert_eq!(all.tagged(&tag("R7")).len(), 1);
    }

    #[test]
    fn it_moves_to_another_facility() {
        let mut all = space();
        run(&mut all, |all| set(all, request("R-workshop", Some("frontdoor"), None)));
        assert_eq!(read(&all, "workshop", "R-workshop"), None);
        assert!(read(&all, "frontdoor", "R-workshop").is_some());
    }

    #[test]
    fn a_new_requirement_needs_all_its_fields() {
        let mut all = space();
        let refusal = refused(set(&all, request("R7", Some("workshop"), Some(1))));
        assert!(refusal.contains("a new one needs"), "{refusal}");
        let nowhere =
            Set { timespec: Some("always".into()), ..request("R7", Some("kiln"), Some(1)) };
        assert!(refused(set(&all, nowhere)).contains("no facility kiln"));
        let path = RecordPath::Requirement(slug("laser"), tag("R8"));
        all.insert_unreadable(path.clone());
        assert!(refused(set(&all, request("R8", None, Some(1)))).contains("a new one needs"));
        let whole = Set { timespec: Some("always".into()), ..request("R8", None, Some(2)) };
        run(&mut all, |all| set(all, whole));
        assert!(all.record(&path).is_some());
    }

    #[test]
    fn the_last_one_shuts_its_facility() {
        let mut all = space();
        let (_, notes) = run(&mut all, |all| revoke(all, &tag("R-laser")));
        assert!(notes[0].contains("nobody can open it now"), "{notes:?}");
        assert!(refused(revoke(&all, &tag("R-laser"))).contains("no requirement has the tag"));
    }
}
