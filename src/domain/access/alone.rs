//! The answer about a member for whom nobody else matters, without an index of anybody.

use jiff::Timestamp;

use super::{Decision, Index, decide::judge, entry::Entry, name::Name};
use crate::domain::model::{CodeHash, Outcome, Priority, Reason, Slug};

/// What a reading of a member's best credential would get.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Answer {
    /// Granted or denied.
    pub result: Outcome,
    /// Why; nothing without a credential.
    pub reason: Option<Reason>,
    /// The priority of the grant that counts, or came closest.
    pub priority: Option<Priority>,
    /// The highest priority required, where the question got that far.
    pub required: Option<Priority>,
}

impl Answer {
    /// What a member without a credential gets.
    pub const NONE: Self =
        Self { result: Outcome::Denied, reason: None, priority: None, required: None };

    /// Takes what counts of a decision.
    #[must_use]
    pub fn of(decision: &Decision<'_>) -> Self {
        Self {
            result: decision.result,
            reason: Some(decision.reason),
            priority: decision.priority,
            required: decision.required,
        }
    }
}

impl<T> Entry<T> {
    /// Tells whether nobody else decides about this member: nobody pays for them, and none of
    /// their codes is among those that somebody else may hold too, which are sorted.
    #[must_use]
    pub fn is_alone(&self, shared: &[CodeHash]) -> bool {
        let several = |code| shared.binary_search(code).is_ok();
        self.person.parent().is_none() && !self.keys.iter().any(|(key, _)| several(&key.code))
    }
}

/// Answers for a member who [is alone](Entry::is_alone), by the rules of an index that need not
/// know them; the same as [`super::everyone`] of an index that does.
#[must_use]
pub fn alone<T: AsRef<[u8]>>(
    index: &Index,
    entry: &Entry<T>,
    facility: &Slug,
    now: Timestamp,
) -> Answer {
    let guard = index.rules.guard(facility);
    let name = guard.map_or_else(|| Name::of(facility.as_str()), |guard| guard.name);
    let answers = entry.keys.iter().map(|(_, grants)| {
        let judged = judge(index, guard, name, (&entry.person, &grants.0), now);
        let granted = judged.reason == Reason::PrioritySuffices;
        Answer {
            result: if granted { Outcome::Granted } else { Outcome::Denied },
            reason: Some(judged.reason),
            priority: judged.grant.map(|grant| grant.priority),
            required: judged.required,
        }
    });
    let best = answers.max_by_key(|it| (it.result == Outcome::Granted, it.reason, it.priority));
    best.unwrap_or(Answer::NONE)
}
