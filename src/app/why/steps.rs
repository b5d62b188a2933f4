//! The rules that a decision applied, one line each.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use super::Question;
use crate::{
    app::when,
    domain::{
        access::{ActiveRequirement, Explanation, GrantStatus, SeenGrant},
        dues::Cover,
        model::{Member, Slug},
    },
};

/// One rule that was applied: it holds, it does not hold, or it made no difference.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct Step {
    /// Whether it holds; `None` if it made no difference.
    pub holds: Option<bool>,
    /// The rule and its result, in words.
    pub text: String,
}

impl Step {
    fn new(holds: bool, text: impl Into<String>) -> Self {
        Self { holds: Some(holds), text: text.into() }
    }

    fn neutral(text: String) -> Self {
        Self { holds: None, text }
    }
}

impl Question<'_> {
    /// Returns each rule with its result, in the order of application.
    pub(super) fn steps(&self, member: &Member, explanation: &Explanation<'_>) -> Vec<Step> {
        let mut steps: Vec<Step> =
            explanation.grants.iter().map(|grant| self.grant(grant)).collect();
        if steps.is_empty() {
            steps.push(Step::new(false, "holds no credential"));
        }
        if !explanation.readable {
            steps.push(Step::new(false, "the member's record cannot be read"));
        }
        let today = self.at.to_zoned(self.zone.clone()).date();
        if let Some(left) = explanation.left {
            steps.push(Step::new(left > today, format!("leaves the space on {left}")));
        }
        if let Some(suspension) = explanation.suspension {
            let over = suspension.until.filter(|_| suspension.is_over(today));
            let text = over.map_or_else(
                || format!("suspended since {suspension}"),
                |until| format!("was suspended until {until}"),
            );
            steps.push(Step::new(!suspension.includes(today), text));
        }
        let by = explanation.parent.map(|id| format!(" by their parent {id}")).unwrap_or_default();
        let tier = &member.tier;
        steps.push(match explanation.cover {
            Cover::Always => Step::new(true, format!("tier {tier} owes no dues")),
            Cover::Until(day) => {
                let covered = today < day;
                let are = if covered { "are" } else { "were" };
                let why = match explanation.parent {
                    Some(_) => "as long as the parent is a member in good standing",
                    None => "grace included",
                };
                Step::new(covered, format!("dues {are} covered{by} until {day}, {why}"))
            }
            Cover::Never => {
                Step::new(false, format!("tier {tier} owes dues, and none have been paid{by}"))
            }
        });
        for induction in &explanation.inductions {
            let text = match induction.on {
                Some(on) => format!("inducted to {} on {on}", induction.facility),
                None => format!("needs an induction to {}", induction.facility),
            };
            steps.push(Step::new(induction.counts, text));
        }
        if explanation.shut {
            steps.push(Step::new(false, "the facility's records cannot be read, so it stays shut"));
        }
        if let Some(rule) = explanation.stale {
            let (priority, who) = match rule.priority {
                Some(least) => (Some(least), format!("only priority {least} and above gets")),
                None => (None, "nobody gets".to_owned()),
            };
            let own = explanation.decision.as_ref().and_then(|decision| decision.priority);
            steps.push(Step::new(
                priority.is_some_and(|least| own >= Some(least)),
                format!("the records of this machine are {} old: {who} in", when::length(self.age)),
            ));
        }
        if explanation.requirements.is_empty() {
            steps.push(Step::new(false, "no requirement is active, so nobody may enter"));
        }
        let priority = explanation.decision.as_ref().and_then(|decision| decision.priority);
        steps.extend(
            explanation.requirements.iter().map(|active| self.requirement(active, priority)),
        );
        steps
    }

    fn grant(&self, grant: &SeenGrant<'_>) -> Step {
        let facility = grant.facility.map_or("a facility that does not exist", Slug::as_str);
        let what = format!("{} {}, priority {}", grant.kind, grant.tag.short(), grant.priority);
        let from = when::local(grant.effective, &self.zone);
        let until = grant.expiration.map(|at| when::local(at, &self.zone)).unwrap_or_default();
        match grant.status {
            GrantStatus::Counts => Step::new(true, format!("{what}, is for {facility}")),
            GrantStatus::Outranked => Step::neutral(format!(
                "{what}: another grant has a higher priority or lasts longer"
            )),
            GrantStatus::OtherFacility => Step::neutral(format!("{what}: is for {facility}")),
            GrantStatus::Ambiguous => {
                Step::new(false, format!("{what}: another member holds the same code"))
            }
            GrantStatus::Expired => Step::new(false, format!("{what}: expired on {until}")),
            GrantStatus::NotYetEffective => Step::new(false, format!("{what}: valid from {from}")),
        }
    }

    fn requirement(&self, active: &ActiveRequirement<'_>, priority: Option<i32>) -> Step {
        let required = active.requirement.priority;
        let until = if active.interval.end == Timestamp::MAX {
            String::new()
        } else {
            format!(" until {}", when::local(active.interval.end, &self.zone))
        };
        let what = active.requirement.description.as_deref().map(|d| format!(", {d}"));
        let text = format!(
            "requirement {}{}: priority {required}{until}",
            active.tag.short(),
            what.unwrap_or_default()
        );
        Step::new(priority.is_some_and(|own| own >= required), text)
    }
}
