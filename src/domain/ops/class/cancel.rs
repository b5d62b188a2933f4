//! Cancels a class: its requirement and all grants for its sessions go in one commit.

use super::{Class, enrol::without};
use crate::domain::{
    model::{Counted, RecordPath, Slug, Subject},
    ops::{Planned, requirement},
    records::Records,
};

/// Cancels a class.
///
/// # Errors
/// Refuses if there is no such class.
pub fn cancel(records: &dyn Records, name: &Slug) -> Planned {
    let class = Class::find(records, name)?;
    let mut plan = requirement::revoke(records, &class.tag)?;
    let enrolled = class.enrolled(records).len();
    for (id, tag, held) in class.credentials(records) {
        let (path, edit): (RecordPath, _) = without(&class, id, tag, held);
        plan.change.edits.insert(path, edit);
    }
    plan.change.subject = Subject::new("class: cancel")
        .and(name)
        .and("at")
        .and(&class.facility)
        .and("with")
        .and(Counted::new(enrolled, if enrolled == 1 { "enrolment" } else { "enrolments" }));
    plan.change.trailer = format!("class.cancel {} {name}", class.facility);
    Ok(plan)
}
