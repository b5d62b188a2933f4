//! Which records have to be looked at again because another one is written.

use super::Records;
use crate::domain::model::{Edit, Place, Record};

/// Returns the records that may no longer be right once this edit is made.
///
/// Warnings about records that the edit does not touch are not looked for, if that would mean to
/// read them all: what an inductor once signed stays as it is when the inductor's own leave ends.
pub(super) fn of(
    place: &Place,
    edit: &Edit,
    after: &dyn Records,
    before: &dyn Records,
) -> Vec<Place> {
    let Edit::Put(written) = edit else { return Vec::new() };
    match (place, &**written) {
        (Place::Space, Record::Space(space)) => match before.record(place) {
            Some(Record::Space(former)) if former.time_zone != space.time_zone => {
                let of = |name| requirements_of(after, &name);
                after.facilities().into_iter().flat_map(of).collect()
            }
            _ => Vec::new(),
        },
        // An open house may stand among the facility's other requirements.
        (Place::Requirement(name, _), _) => {
            requirements_of(after, name).into_iter().filter(|other| other != place).collect()
        }
        (Place::Member(id), Record::Member(member)) if member.parent.is_some() => {
            after.children(*id).into_iter().map(Place::Member).collect()
        }
        _ => Vec::new(),
    }
}

fn requirements_of(all: &dyn Records, name: &crate::domain::model::Slug) -> Vec<Place> {
    let place = |tag| Place::Requirement(name.clone(), tag);
    all.requirements(name).into_iter().map(place).collect()
}
