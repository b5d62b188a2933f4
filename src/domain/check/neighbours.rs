//! Which records have to be looked at again because another one is written.

use crate::domain::{
    model::{Edit, Record, RecordPath, Slug},
    records::Records,
};

/// Returns the records that may no longer be right once this edit is made.
///
/// Warnings about records that the edit does not touch are not looked for, if that would mean to
/// read them all: what an inductor once signed stays as it is when the inductor's own leave ends.
pub(super) fn of(
    path: &RecordPath,
    edit: &Edit,
    after: &dyn Records,
    before: &dyn Records,
) -> Vec<RecordPath> {
    if let RecordPath::Payment(id, _) = path {
        // Until when the member has paid follows from the payments.
        return vec![RecordPath::Member(*id)];
    }
    let Edit::Put(written) = edit else { return Vec::new() };
    match (path, &**written) {
        (RecordPath::Space, Record::Space(space)) => match before.record(path) {
            Some(Record::Space(former)) if former.time_zone == space.time_zone => Vec::new(),
            _ => {
                let of = |name| requirements_of(after, &name);
                after.facilities().into_iter().flat_map(of).collect()
            }
        },
        // It may stand above zero while one of the others holds the facility unlocked.
        (RecordPath::Requirement(name, _), Record::Requirement(requirement))
            if requirement.priority > 0 =>
        {
            let mut others = requirements_of(after, name);
            others.retain(|other| match after.record(other) {
                Some(Record::Requirement(other)) => other.priority < 0,
                _ => false,
            });
            others
        }
        (RecordPath::Member(id), Record::Member(member)) if member.parent.is_some() => {
            after.children(*id).into_iter().map(RecordPath::Member).collect()
        }
        _ => Vec::new(),
    }
}

fn requirements_of(all: &dyn Records, name: &Slug) -> Vec<RecordPath> {
    let path = |tag| RecordPath::Requirement(name.clone(), tag);
    all.requirements(name).into_iter().map(path).collect()
}
