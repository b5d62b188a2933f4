//! Which other records a record refers to.

use crate::domain::model::{Group, Record, RecordPath, Slug};

/// Returns every facility that a record names, with repetitions.
#[must_use]
pub fn facilities<'a>(path: &'a RecordPath, record: &'a Record) -> Vec<&'a Slug> {
    match (path, record) {
        (RecordPath::Induction(_, facility), _) => vec![facility],
        (_, Record::Credential(credential)) => {
            credential.grants.iter().map(|grant| &grant.facility).collect()
        }
        (_, Record::Facility(facility)) => facility.inductions_first.iter().collect(),
        (_, Record::Meter(meter)) => meter.facility.iter().collect(),
        (_, Record::Zone(zone)) => zone.facilities.iter().collect(),
        (_, Record::Channel(channel)) => {
            let named = channel.groups.iter().filter_map(|group| match group {
                Group::Inducted(name) | Group::Inductors(name) => Some(name),
                _ => None,
            });
            named.collect()
        }
        (_, Record::Space(space)) => {
            space.self_service.guests.iter().flat_map(|it| &it.facilities).collect()
        }
        _ => Vec::new(),
    }
}
