//! The answer about one member: the decision, and every rule and commit that led to it.

use super::{
    Question,
    answer::{Answer, Because},
};
use crate::{
    app::{self, look_up, when},
    cli::{CliError, Context, output::table},
    domain::{
        access::{self, Explanation},
        model::{Member, Outcome, Place, Slug},
    },
};

impl Question<'_> {
    /// Answers for one member, facility by facility.
    ///
    /// # Errors
    /// That nobody is called so, or that the history cannot be read.
    pub(super) fn one(&self, ctx: &Context, text: &str) -> Result<(), CliError> {
        let (id, member) = look_up::member(&self.revision, text)?;
        let index = app::why::everybody(&self.revision, self.at);
        let mut answers = Vec::new();
        for facility in &self.facilities {
            if let Some(explanation) = access::explain(&index, id, facility, self.at) {
                answers.push(self.answer(&member, facility, &explanation)?);
            }
        }
        if ctx.json {
            return Ok(table::write_json(&mut ctx.out(), &answers)?);
        }
        for (place, answer) in answers.iter().enumerate() {
            if place > 0 {
                ctx.say("")?;
            }
            answer.tell(ctx, &member.name)?;
        }
        Ok(())
    }

    fn answer(
        &self,
        member: &Member,
        facility: &Slug,
        explanation: &Explanation<'_>,
    ) -> Result<Answer, CliError> {
        let decision = explanation.decision.as_ref();
        let result = decision.map_or(Outcome::Denied, |decision| decision.result);
        let mut places = vec![Place::Member(explanation.member)];
        if let Some(tag) = decision.and_then(|decision| decision.tag) {
            places.push(Place::Credential(explanation.member, tag.clone()));
        }
        for active in &explanation.requirements {
            places.push(Place::Requirement(facility.clone(), active.tag.clone()));
        }
        let commits = places
            .iter()
            .map(|place| Ok(self.store.last_change(self.revision.id(), place)?))
            .collect::<Result<Vec<_>, CliError>>()?;
        Ok(Answer {
            member: explanation.member,
            facility: facility.clone(),
            at: self.at,
            commit: self.revision.id(),
            result,
            reason: decision.map(|decision| decision.reason),
            priority: decision.and_then(|decision| decision.priority),
            required: decision.and_then(|decision| decision.required),
            steps: self.steps(member, explanation),
            changes: commits
                .into_iter()
                .flatten()
                .map(|entry| Because {
                    commit: entry.id,
                    time: entry.time,
                    author: entry.author.name.clone(),
                    subject: entry.subject.clone(),
                    when: when::local(entry.time, &self.zone),
                })
                .collect(),
            held: explanation.held(),
        })
    }
}
