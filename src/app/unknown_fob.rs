//! The unknown fobs that were just held to readers, so that they can be given to somebody.

use std::{collections::BTreeSet, path::Path};

use jiff::{SignedDuration, Timestamp};

use super::AppError;
use crate::{
    domain::model::{Activity, Slug},
    store::journal::{self, Filter, Limits},
};

/// The age up to which a reading is taken; an older one could be of anybody's fob.
pub const RECENT: SignedDuration = SignedDuration::from_mins(10);

/// How much is read: far more than people do in that time, and little enough to be read for each look
/// at a form.
const LIMITS: Limits = Limits { count: 500, bytes: 128 * 1024 };

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
    let mut wanted: BTreeSet<&Slug> = facilities.into_iter().collect();
    let (from, until) = (now.checked_sub(RECENT).ok(), now.checked_add(RECENT).ok());
    let filter = Filter { from, until, ..Filter::default() };
    let page = journal::newest(journals, &filter, None, LIMITS)?;
    let unknown = page.activities.into_iter().filter(journal::is_unknown_fob);
    // The first one at each facility is the newest.
    let newest = unknown.filter(|it| wanted.remove(&it.facility));
    Ok(newest.filter(|it| !it.doubted).collect())
}
