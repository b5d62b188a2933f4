//! What can be done with a requirement.

pub mod add;
pub mod revoke;
pub mod set;

pub use add::add;
pub use revoke::revoke;
pub use set::{Set, set};

use super::Refusal;
use crate::domain::{
    model::{RecordPath, Slug, Tag},
    records::Records,
};

/// Returns the facility of the requirement with this tag; `None` if the tag is free.
///
/// # Errors
/// Refuses a tag that a credential has.
fn facility_of(records: &dyn Records, tag: &Tag) -> Result<Option<Slug>, Refusal> {
    let paths = records.tagged(tag);
    if let Some(path) = paths.iter().find(|path| matches!(path, RecordPath::Credential(..))) {
        return Err(Refusal::new(format!("{tag} is the tag of a credential, {path}"))
            .hint("give the requirement another tag"));
    }
    Ok(paths.iter().find_map(RecordPath::facility).cloned())
}
