//! Adds the profile of a bank's tables.

use crate::domain::{
    model::{Change, Record, RecordPath, Slug, StatementProfile, Subject},
    ops::{Planned, Refusal},
    records::Records,
};

/// Adds a profile.
///
/// # Errors
/// Refuses if the name is taken.
pub fn add_profile(records: &dyn Records, name: &Slug, profile: StatementProfile) -> Planned {
    let path = RecordPath::Profile(name.clone());
    if records.exists(&path) {
        return Err(Refusal::new(format!("there is already a profile {name}"))
            .hint("choose another name, or edit the file"));
    }
    let subject = Subject::new("payment: add profile").and(name);
    let change = Change::new(subject, format!("payment.profile {name}"));
    Ok(change.put(path, Record::Profile(profile)).into())
}
