//! Changes of dues that wait until the member knows of them: nobody is charged more before that.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Action, Plan, Terms};
use crate::domain::model::{MemberId, Money};

/// A rise of the dues of which a member has to be told before a processor takes more.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(deny_unknown_fields)]
pub struct Untold {
    /// The member.
    pub member: MemberId,
    /// What is taken each month now, in minor units.
    pub before: Money,
    /// What is to be taken.
    pub after: Money,
}

impl Plan<Terms> {
    /// Puts aside the steps by which more would be taken from members who have not been told of that
    /// amount. Less may be taken at once.
    pub fn hold_untold(&mut self, is_told: impl Fn(MemberId, Money) -> bool) {
        for step in std::mem::take(&mut self.steps) {
            match &step.action {
                Action::Change { before, after }
                    if after.monthly > before.monthly && !is_told(step.member, after.monthly) =>
                {
                    let (before, after) = (before.monthly, after.monthly);
                    self.untold.push(Untold { member: step.member, before, after });
                }
                _ => self.steps.push(step),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::follow::Step;

    #[test]
    fn only_what_is_more_and_not_told_waits() {
        let step = |member: &str, before, after| Step {
            member: member.parse().unwrap(),
            account: Some("cus_1".to_owned()),
            action: Action::Change {
                before: Terms { monthly: before },
                after: Terms { monthly: after },
            },
            because: String::new(),
        };
        let steps = vec![
            step("0001", 2500, 3000),
            step("0002", 2500, 3000),
            step("0003", 3000, 2500),
            Step { action: Action::Remove { before: Terms { monthly: 5 } }, ..step("0004", 0, 0) },
        ];
        let (unrecorded, waits, drift, untold) = (vec![], vec![], vec![], vec![]);
        let mut plan = Plan { steps, unrecorded, waits, drift, untold };
        plan.hold_untold(|member, amount| member.number() == 2 && amount == 3000);
        let left: Vec<u64> = plan.steps.iter().map(|it| it.member.number()).collect();
        assert_eq!(left, [2, 3, 4]);
        let member = "0001".parse().unwrap();
        assert_eq!(plan.untold, [Untold { member, before: 2500, after: 3000 }]);
    }
}
