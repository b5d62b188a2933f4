//! Takes a requirement away (requirements.md D-82).

use super::facility_of;
use crate::domain::{
    model::{Advice, Change, RecordPath, Tag, advice::Listed},
    ops::{Plan, Planned, Refusal},
    records::Records,
};

/// Takes the requirement with this tag away.
///
/// # Errors
/// Refuses if no requirement has the tag.
pub fn revoke(records: &dyn Records, tag: &Tag) -> Planned {
    let Some(facility) = facility_of(records, tag)? else {
        return Err(Refusal::new(format!("no requirement has the tag {tag}"))
            .hint(Advice::List(Listed::Requirements)));
    };
    let change = Change::new(
        format!("requirement: revoke {} for {facility}", tag.short()),
        format!("requirement.revoke {facility} {tag}"),
    )
    .remove(RecordPath::Requirement(facility.clone(), tag.clone()));
    let plan = Plan::from(change);
    Ok(if records.requirements(&facility).len() == 1 {
        plan.note(format!("it was the last one of {facility}, which nobody can open now"))
    } else {
        plan
    })
}
