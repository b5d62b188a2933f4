//! Removes a meter.

use crate::domain::{
    model::{Change, RecordPath, Slug, Subject},
    ops::{Plan, Planned, look_up},
    records::Records,
};

/// Removes a meter. Its measurements stay, and are there again if it is added again.
///
/// # Errors
/// Refuses if there is none.
pub fn remove(records: &dyn Records, name: &Slug) -> Planned {
    let path = RecordPath::Meter(name.clone());
    if !records.exists(&path) {
        look_up::meter(records, name)?;
    }
    let change =
        Change::new(Subject::new("meter: remove").and(name), format!("meter.remove {name}"));
    Ok(Plan::from(change.remove(path)).note("its measurements stay where they are"))
}
