//! Adds a tier.

use crate::domain::{
    model::{Advice, Change, Record, RecordPath, Slug, Tier},
    ops::{Planned, Refusal, look_up::named},
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
    let change =
        Change::new(format!("tier: add {}", named(name, &tier.name)), format!("tier.add {name}"));
    Ok(change.put(path, Record::Tier(tier)).into())
}
