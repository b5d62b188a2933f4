//! Which inductions a newcomer should ask for first.

use std::collections::BTreeSet;

use crate::domain::{
    model::{Record, RecordPath, Slug},
    records::Records,
};

/// Returns the names of the facilities whose inductions others demand, and which demand none
/// themselves; if there are none, of those that demand just their own.
#[must_use]
pub fn next_inductions(records: &dyn Records) -> Vec<String> {
    let all: Vec<(Slug, _)> = records
        .facilities()
        .into_iter()
        .filter_map(|name| match records.record(&RecordPath::Facility(name.clone())) {
            Some(Record::Facility(facility)) => Some((name, facility)),
            _ => None,
        })
        .collect();
    let demanded: BTreeSet<&Slug> = all.iter().flat_map(|(_, it)| &it.inductions_first).collect();
    let plain = || all.iter().filter(|(_, it)| it.inductions_first.is_empty());
    let first: Vec<String> = plain()
        .filter(|(name, _)| demanded.contains(name))
        .map(|(_, it)| it.name.clone())
        .collect();
    if !first.is_empty() {
        return first;
    }
    plain().filter(|(_, it)| it.induction).map(|(_, it)| it.name.clone()).collect()
}
