//! Which other records a record refers to.

use crate::domain::model::{Place, Record, Slug};

/// Returns every facility that a record names, with repetitions.
pub(super) fn facilities<'a>(place: &'a Place, record: &'a Record) -> Vec<&'a Slug> {
    match (place, record) {
        (Place::Induction(_, facility), _) => vec![facility],
        (_, Record::Credential(credential)) => {
            credential.grants.iter().map(|grant| &grant.facility).collect()
        }
        (_, Record::Facility(facility)) => facility.inductions_first.iter().collect(),
        _ => Vec::new(),
    }
}
