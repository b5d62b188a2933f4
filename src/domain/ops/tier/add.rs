//! Adds a tier.

use crate::domain::{
    model::{Advice, Change, Record, RecordPath, Slug, Subject, Tier},
    ops::{Planned, Refusal},
    records::Records,
};

/// Adds a tier.
///
/// # Errors
/// Refuses if the name is taken.
pub fn add(records: &dyn Records, name: &Slug, tier: Tier) -> Planned {
    let path = RecordPath::Tier(name.clone());
    if records.exists(&path) {
        return Err(Refusal::new(format!("there is already a tier {name}"))
            .hint(Advice::EditTier(name.clone())));
    }
    let change = Change::new(Subject::new("tier: add").and(name), format!("tier.add {name}"));
    Ok(change.put(path, Record::Tier(tier)).into())
}
