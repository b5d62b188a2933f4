//! Begins a class, as a requirement of its facility.

use super::{Class, sessions};
use crate::domain::{
    model::{Counted, Requirement, Slug, Subject},
    ops::{Planned, Refusal, requirement as requirements},
    records::Records,
};

/// Begins a class.
///
/// # Errors
/// Refuses if there is no such facility, if there is a class of that name, or if the requirement
/// goes on for ever or has too many sessions.
pub fn add(
    records: &dyn Records,
    name: &Slug,
    facility: &Slug,
    requirement: Requirement,
) -> Planned {
    let tag = Class::tag(name)?;
    if let Ok(class) = Class::find(records, name) {
        return Err(Refusal::new(format!("there is already a class {name} at {}", class.facility))
            .hint("choose another name, or cancel that class first"));
    }
    let count = sessions(records, &requirement)?.len();
    let mut plan = requirements::add(records, facility, tag, requirement)?;
    plan.change.subject = Subject::new("class: add")
        .and(name)
        .and("at")
        .and(facility)
        .and("with")
        .and(Counted::new(count, if count == 1 { "session" } else { "sessions" }));
    plan.change.trailer = format!("class.add {facility} {name}");
    Ok(plan)
}
