//! Why joining has put money aside, and whom it had been credited to.

use std::collections::BTreeSet;

use crate::domain::model::{MemberId, Transaction};

/// Begins the reason of a transaction that was credited to several members.
pub(super) const DISPUTED: &str = "two admins credited it to different members: ";

/// Begins the reason of a transaction that may be on record under another identity.
pub(super) const TWICE: &str = "another admin has recorded what may be the same money for ";

/// Returns the members whom such a reason names.
pub(super) fn members(reason: &str) -> Vec<MemberId> {
    let names = reason.strip_prefix(TWICE).or_else(|| reason.strip_prefix(DISPUTED));
    names.unwrap_or_default().split(", ").filter_map(|it| it.parse().ok()).collect()
}

/// Returns the reason of a transaction that somebody credited to each of these members.
pub(super) fn disputed(members: &BTreeSet<MemberId>) -> String {
    let names: Vec<String> = members.iter().map(ToString::to_string).collect();
    format!("{DISPUTED}{}", names.join(", "))
}

/// Returns the reason of a transaction that both sides have put aside, if that is why: whom either
/// names had been credited with it.
pub(super) fn joined(one: &Transaction, other: &Transaction) -> Option<String> {
    let [first, second] = [one, other].map(|it| members(&it.reason));
    if first.is_empty() || second.is_empty() {
        return None;
    }
    let is_disputed = [one, other].iter().any(|it| it.reason.starts_with(DISPUTED));
    let all: BTreeSet<MemberId> = first.into_iter().chain(second).collect();
    (is_disputed || all.len() > 1).then(|| disputed(&all))
}
