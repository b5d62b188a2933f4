//! Why joining has put money aside, and whom it had been credited to.

use crate::domain::model::MemberId;

/// Begins the reason of a transaction that was credited to several members.
pub(super) const DISPUTED: &str = "two admins credited it to different members: ";

/// Begins the reason of a transaction that may be on record under another identity.
pub(super) const TWICE: &str = "another admin has recorded what may be the same money for ";

/// Returns the members whom such a reason names.
pub(super) fn members(reason: &str) -> Vec<MemberId> {
    let names = reason.strip_prefix(TWICE).or_else(|| reason.strip_prefix(DISPUTED));
    names.unwrap_or_default().split(", ").filter_map(|it| it.parse().ok()).collect()
}
