//! How old the records are that a door goes by.

use jiff::{SignedDuration, Timestamp};

use crate::store::Store;

/// Returns the age of the records of a door's clone: the time since it is known to have had all that was
/// there. Whoever goes by a repository of their own goes by records that have no age.
#[must_use]
pub fn of(store: &Store, now: Timestamp) -> SignedDuration {
    let Ok(Some(upstream)) = store.upstream(&mut None) else { return SignedDuration::ZERO };
    if !upstream.follows {
        return SignedDuration::ZERO;
    }
    let committed = || Some(store.read(store.head().ok()?).ok()?.time());
    let heard = upstream.heard(now).or_else(committed);
    heard.map_or(SignedDuration::ZERO, |heard| now.duration_since(heard))
}
