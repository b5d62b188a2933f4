//! Removes a zone.

use crate::domain::{
    model::{Change, RecordPath, Slug, Subject},
    ops::{Planned, look_up},
    records::Records,
};

/// Removes a zone.
///
/// # Errors
/// Refuses if there is none.
pub fn remove(records: &dyn Records, name: &Slug) -> Planned {
    let path = RecordPath::Zone(name.clone());
    if !records.exists(&path) {
        look_up::zone(records, name)?;
    }
    let change = Change::new(Subject::new("zone: remove").and(name), format!("zone.remove {name}"));
    Ok(change.remove(path).into())
}
