//! Whether a credential stays granted for a while, so that the answer can be kept that long.

use jiff::{SignedDuration, Timestamp};

use super::{Index, Side, decide};
use crate::domain::model::{AccessResult, CodeHash, CredentialType, Slug};

/// The longest time between two moments that are looked at: a day ends within it in every time zone
/// with whole hours, and grants rarely end and begin again within it.
const STEP: SignedDuration = SignedDuration::from_hours(1);

/// Tells whether a credential is granted access at a moment and remains so until another one, by what
/// is on record and will be so old by then.
#[must_use]
pub fn is_granted_throughout(
    index: &Index,
    facility: &Slug,
    (code, kind): (&CodeHash, CredentialType),
    (from, until): (Timestamp, Timestamp),
    age: SignedDuration,
) -> bool {
    let mut at = from;
    loop {
        let decision = decide(index, facility, Side::Entry, code, kind, at);
        let decision = decision.by_records_of(age, index, facility);
        if decision.result != AccessResult::Granted {
            return false;
        }
        if at >= until {
            return true;
        }
        let next = index.next_change(facility, at).filter(|next| *next > at);
        let step = at.checked_add(STEP).unwrap_or(until);
        at = next.into_iter().fold(step.min(until), Timestamp::min);
    }
}
