//! Finds the most recent unknown fob, so that it can be enrolled.

use std::path::Path;

use super::newest::find_newest;
use crate::{
    domain::model::{Activity, Reason, Slug},
    store::StoreError,
};

/// Finds the most recent fob at a facility that nobody holds, given the journals' folder.
///
/// # Errors
/// A file cannot be read.
pub fn last_unknown(folder: &Path, facility: &Slug) -> Result<Option<Activity>, StoreError> {
    find_newest(folder, |it| it.facility == *facility && is_unknown_fob(it))
}

/// Tells whether somebody held a fob to a reader that nobody holds.
#[must_use]
pub fn is_unknown_fob(it: &Activity) -> bool {
    matches!(it.reason, Reason::UnknownCredential | Reason::LockedOut) && it.fob.is_some()
}
