//! The time for which an index is compiled.

use jiff::{SignedDuration, Timestamp};

use crate::domain::{access::Index, schedule::Window};

/// How far an index reaches back and ahead, and how old it may be before it is moved forward.
const BACK: SignedDuration = SignedDuration::from_hours(24);
const AHEAD: SignedDuration = SignedDuration::from_hours(14 * 24);
const RENEW: SignedDuration = SignedDuration::from_hours(24);

/// Tells whether an index needs another window: it was started a day or more ago, or the clock was
/// set back.
pub(super) fn needs_renewal(index: &Index, now: Timestamp) -> bool {
    let age = now.duration_since(index.horizon().from);
    age < SignedDuration::ZERO || age >= BACK + RENEW
}

/// Returns the time for which an index is compiled at a moment.
#[must_use]
pub fn window(now: Timestamp) -> Window {
    let from = now.saturating_sub(BACK).unwrap_or(Timestamp::MIN);
    Window { from, until: now.saturating_add(AHEAD).unwrap_or(Timestamp::MAX) }
}
