//! Adds a door or a tool.

use crate::domain::{
    model::{Advice, Change, Facility, Note, Record, RecordPath, Slug, Subject},
    ops::{Plan, Planned, Refusal},
    records::Records,
};

/// Adds a facility.
///
/// # Errors
/// Refuses if the name is taken.
pub fn add(records: &dyn Records, name: Slug, facility: Facility) -> Planned {
    let path = RecordPath::Facility(name.clone());
    if records.exists(&path) {
        return Err(Refusal::new(format!("there is already a facility {name}"))
            .hint(Advice::EditFacility(name)));
    }
    let subject = Subject::new("facility: add").and(&name);
    let change =
        Change::new(subject, format!("facility.add {name}")).put(path, Record::Facility(facility));
    let plan = Plan::from(change);
    Ok(if records.requirements(&name).is_empty() {
        plan.note(Note::new(
            format!("nobody can open {name} before it has a requirement"),
            Advice::AddRequirement(name),
        ))
    } else {
        plan
    })
}
