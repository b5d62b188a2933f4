//! Adds a zone.

use crate::domain::{
    model::{Change, Record, RecordPath, Slug, Subject, Zone},
    ops::{Planned, Refusal},
    records::Records,
};

/// Adds a zone.
///
/// # Errors
/// Refuses if the name is taken.
pub fn add(records: &dyn Records, name: &Slug, zone: Zone) -> Planned {
    let path = RecordPath::Zone(name.clone());
    if records.exists(&path) {
        return Err(Refusal::new(format!("there is already a zone {name}")));
    }
    let change = Change::new(Subject::new("zone: add").and(name), format!("zone.add {name}"));
    Ok(change.put(path, Record::Zone(zone)).into())
}
