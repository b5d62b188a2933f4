//! Changes a requirement, or adds it (`door-refactor.md` "Set Requirement").

use super::facility_of;
use crate::domain::{
    check::Records,
    model::{Arm, Change, Place, Priority, Record, Requirement, Slug, Tag},
    ops::{Field, Planned, Refusal, edits::Edits, look_up},
};

/// What is to become of each field. A requirement that is not there yet needs a facility, a
/// priority and a timespec.
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

/// Changes the requirement with this tag, at whichever facility it is, or adds it.
///
/// # Errors
/// Refuses if the facility is missing, the tag is a credential's, everything is already so, or
/// something is left open about a requirement that is not there yet.
pub fn set(records: &dyn Records, request: Set) -> Planned {
    let tag = &request.tag;
    let Some(at) = facility_of(records, tag)? else { return add(records, request) };
    let place = Place::Requirement(at.clone(), tag.clone());
    let Some(Record::Requirement(mut requirement)) = records.record(&place) else {
        // The file is there and cannot be read: only a whole new one can take its place.
        return add(records, Set { facility: request.facility.clone().or(Some(at)), ..request });
    };
    let mut edits = Edits::default();
    let mut facility = at.clone();
    edits.set("facility", request.facility, &mut facility);
    edits.set("priority", request.priority, &mut requirement.priority);
    edits.set("timespec", request.timespec, &mut requirement.timespec);
    edits.field("description", request.description, &mut requirement.description);
    edits.field("arm", request.arm, &mut requirement.arm);
    look_up::facility(records, &facility)?;
    let subject = format!(
        "requirement: set {} for {facility} ({})",
        tag.short(),
        edits.names(&format!("the requirement {tag}"))?
    );
    let mut change = Change::new(subject, format!("requirement.set {facility} {tag}"));
    if facility != at {
        change = change.remove(place);
    }
    let place = Place::Requirement(facility, tag.clone());
    Ok(change.put(place, Record::Requirement(requirement)).into())
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
        description: description.over(None),
        arm: arm.over(None),
        timespec,
    };
    let change = Change::new(
        format!("requirement: set priority {priority} for {facility}"),
        format!("requirement.set {facility} {tag}"),
    )
    .put(Place::Requirement(facility, tag), Record::Requirement(requirement));
    Ok(change.into())
}
