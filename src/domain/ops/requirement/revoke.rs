//! Revokes a requirement (requirements.md D-82).

use super::facility_of;
use crate::domain::{
    model::{Advice, Change, RecordPath, Subject, Tag, advice::Listed},
    ops::{Plan, Planned, Refusal},
    records::Records,
};

/// Revokes the requirement with this tag.
///
/// # Errors
/// Refuses if no requirement has the tag.
pub fn revoke(records: &dyn Records, tag: &Tag) -> Planned {
    let Some(facility) = facility_of(records, tag)? else {
        return Err(Refusal::new(format!("no requirement has the tag {tag}"))
            .hint(Advice::List(Listed::Requirements)));
    };
    let change = Change::new(
        Subject::new("requirement: revoke").and(tag).and("for").and(&facility),
        format!("requirement.revoke {facility} {tag}"),
    )
    .remove(RecordPath::Requirement(facility.clone(), tag.clone()));
    let plan = Plan::from(change);
    Ok(if records.requirements(&facility).len() == 1 {
        plan.note(format!("it was the last requirement of {facility}, so nobody can open it now"))
    } else {
        plan
    })
}
