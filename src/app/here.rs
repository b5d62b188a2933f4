//! Whether a configuration of this machine is about a space.

use std::path::Path;

use crate::store::Store;

/// Tells whether a configuration is about this space: it names the same repository, or none.
pub(super) fn is_here(store: &Store, configured: Option<&Path>) -> bool {
    configured.is_none_or(|space| {
        let same =
            |other: &Store| other.dir().canonicalize().ok() == store.dir().canonicalize().ok();
        Store::discover(space).is_ok_and(|other| same(&other))
    })
}
