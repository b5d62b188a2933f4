//! What old records open, as the rule of their facility says.

use jiff::SignedDuration;

use super::{Decision, Explanation, Index};
use crate::domain::model::{AccessResult, Reason, Slug};

impl Decision<'_> {
    /// Denies what opens a facility only with records that are younger than `age`; an exit stays one.
    #[must_use]
    pub fn by_records_of(self, age: SignedDuration, index: &Index, facility: &Slug) -> Self {
        let Some(rule) = index.stale_rule(facility, age) else { return self };
        let suffices = rule.priority.is_some_and(|least| self.priority >= Some(least));
        if self.result != AccessResult::Granted || suffices {
            return self;
        }
        let (result, reason) = (AccessResult::Denied, Reason::StaleRecords);
        Self { result, reason, required: rule.priority, ..self }
    }
}

impl Explanation<'_> {
    /// Explains what records of that age open.
    #[must_use]
    pub fn by_records_of(self, age: SignedDuration, index: &Index, facility: &Slug) -> Self {
        Self {
            decision: self.decision.map(|it| it.by_records_of(age, index, facility)),
            stale: index.stale_rule(facility, age),
            ..self
        }
    }
}
