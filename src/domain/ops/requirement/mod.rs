//! What can be done with a requirement.

pub mod add;
pub mod revoke;
pub mod set;

pub use add::add;
pub use revoke::revoke;
pub use set::{Set, set};

use super::Refusal;
use crate::domain::{
    model::{Place, Slug, Tag},
    records::Records,
};

/// Returns the facility of the requirement with this tag; `None` if the tag is free.
///
/// # Errors
/// Refuses a tag that a credential has.
fn facility_of(records: &dyn Records, tag: &Tag) -> Result<Option<Slug>, Refusal> {
    let places = records.tagged(tag);
    if let Some(place) = places.iter().find(|place| matches!(place, Place::Credential(..))) {
        return Err(Refusal::new(format!("{tag} is the tag of a credential, {place}"))
            .hint("give the requirement another tag"));
    }
    Ok(places.iter().find_map(Place::facility).cloned())
}
