//! Which records have to be checked again because another one is written.

use crate::domain::{
    model::{Edit, Record, RecordPath, Slug},
    records::Records,
};

/// Returns the records that may become invalid through this edit.
///
/// Warnings about records that the edit does not touch are left out if finding them would mean
/// reading all records: an induction stays valid after the inductor's own leave has ended.
pub(super) fn of(
    path: &RecordPath,
    edit: &Edit,
    after: &dyn Records,
    before: &dyn Records,
) -> Vec<RecordPath> {
    if let RecordPath::Payment(id, name) = path {
        // The date until which the member has paid follows from the payments.
        let mut found = vec![RecordPath::Member(*id)];
        let now = match edit {
            Edit::Put(record) => Some((**record).clone()),
            Edit::Remove => None,
        };
        for record in [now, before.record(path)].into_iter().flatten() {
            if let Record::Payment(payment) = record {
                // The other parts of the transfer have to agree with this one.
                let others = payment.split.iter().map(|part| part.member).filter(|it| it != id);
                found.extend(others.map(|other| RecordPath::Payment(other, name.clone())));
            }
        }
        return found;
    }
    let Edit::Put(written) = edit else { return Vec::new() };
    match (path, &**written) {
        (RecordPath::Space, Record::Space(space)) => match before.record(path) {
            Some(Record::Space(former)) if former.time_zone == space.time_zone => Vec::new(),
            _ => {
                let of = |name| requirements_of(after, &name);
                let zones = after.zones().into_iter().map(RecordPath::Zone);
                after.facilities().into_iter().flat_map(of).chain(zones).collect()
            }
        },
        // Its priority may be above zero while another requirement holds the facility unlocked.
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
        (RecordPath::Member(id), Record::Member(member))
            if member.parent.is_some() || member.left.is_some() || member.suspended.is_some() =>
        {
            after.children(*id).into_iter().map(RecordPath::Member).collect()
        }
        _ => Vec::new(),
    }
}

fn requirements_of(records: &dyn Records, name: &Slug) -> Vec<RecordPath> {
    let path = |tag| RecordPath::Requirement(name.clone(), tag);
    records.requirements(name).into_iter().map(path).collect()
}
