//! The unknown fobs that were just held to readers, so that they can be given to somebody.

use std::path::Path;

use jiff::{SignedDuration, Timestamp};

use super::AppError;
use crate::{
    domain::model::{Activity, Slug},
    store::journal,
};

/// The age up to which a reading is taken; an older one could be of anybody's fob.
pub const RECENT: SignedDuration = SignedDuration::from_mins(10);

/// Returns the last unknown fob at each facility, if it was denied lately by a clock that can be
/// trusted; the newest first.
///
/// # Errors
/// The journals cannot be read.
pub fn recent<'f>(
    journals: &Path,
    facilities: impl IntoIterator<Item = &'f Slug>,
    now: Timestamp,
) -> Result<Vec<Activity>, AppError> {
    let mut found = Vec::new();
    for facility in facilities {
        found.extend(journal::last_unknown(journals, facility)?);
    }
    let is_recent = |it: &Activity| {
        let age = now.duration_since(it.time);
        !it.doubted && age <= RECENT && age >= -RECENT
    };
    found.retain(is_recent);
    found.sort_by_key(|it| std::cmp::Reverse(it.time));
    Ok(found)
}
