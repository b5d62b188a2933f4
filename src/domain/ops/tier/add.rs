//! Adds a tier.

use crate::domain::{
    model::{Advice, Change, Place, Record, Slug, Tier},
    ops::{Planned, Refusal, look_up::named},
    records::Records,
};

/// Adds a tier.
///
/// # Errors
/// Refuses if the name is taken.
pub fn add(records: &dyn Records, name: &Slug, tier: Tier) -> Planned {
    let place = Place::Tier(name.clone());
    if records.exists(&place) {
        return Err(Refusal::new(format!("there is already a tier {name}"))
            .hint(Advice::EditTier(name.clone())));
    }
    let change =
        Change::new(format!("tier: add {}", named(name, &tier.name)), format!("tier.add {name}"));
    Ok(change.put(place, Record::Tier(tier)).into())
}
