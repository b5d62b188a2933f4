//! Adds a requirement to a facility.

use super::facility_of;
use crate::domain::{
    check::Records,
    model::{Change, Place, Record, Requirement, Slug, Tag},
    ops::{Planned, Refusal, look_up},
};

/// Adds a requirement.
///
/// # Errors
/// Refuses if there is no such facility, or if the tag is in use.
pub fn add(records: &dyn Records, facility: &Slug, tag: Tag, requirement: Requirement) -> Planned {
    look_up::facility(records, facility)?;
    if let Some(other) = facility_of(records, &tag)? {
        return Err(Refusal::new(format!("{other} already has a requirement with the tag {tag}"))
            .hint(format!("`space requirement set {tag}` changes it")));
    }
    let change = Change::new(
        format!("requirement: add priority {} for {facility}", requirement.priority),
        format!("requirement.add {facility} {tag}"),
    )
    .put(Place::Requirement(facility.clone(), tag), Record::Requirement(requirement));
    Ok(change.into())
}
