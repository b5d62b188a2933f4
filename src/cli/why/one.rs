//! The answer about one member: the decision, and every rule and commit that led to it.

use super::{
    Question,
    answer::{Answer, Because},
};
use crate::{
    cli::{CliError, Context, fetch, table, when},
    domain::{
        access::{self, Entry, Explanation, Index},
        model::{Member, MemberId, Outcome, Place, Slug},
    },
};

impl Question<'_> {
    /// Answers for one member, facility by facility.
    ///
    /// # Errors
    /// That nobody is called so, or that the history cannot be read.
    pub(super) fn one(&self, ctx: &Context, text: &str) -> Result<(), CliError> {
        let (id, member) = fetch::member(&self.revision, text)?;
        let index = self.index_for(id);
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

    /// Compiles only what one answer needs: the member, and those who pay for the member. Whether
    /// somebody else holds the same code is asked of all.
    fn index_for(&self, id: MemberId) -> Index {
        let (basis, _) = self.revision.basis();
        let mut wanted = vec![id];
        let mut folders = Vec::new();
        let (own, _) = self.revision.member(id);
        for (_, credential) in own.iter().flat_map(|folder| &folder.credentials) {
            for (holder, _) in
                crate::domain::check::Records::holders(&self.revision, &credential.code)
            {
                wanted.push(holder);
            }
        }
        let mut next = 0;
        while let Some(id) = wanted.get(next).copied() {
            next += 1;
            if wanted[..next - 1].contains(&id) {
                continue;
            }
            if let (Some(folder), _) = self.revision.member(id) {
                wanted.extend(folder.member.get().and_then(|member| member.parent));
                folders.push(folder);
            }
        }
        let entries = folders.iter().map(Entry::new);
        Index::compile(self.revision.id(), &basis, entries, self.window())
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
            held: explanation
                .requirements
                .iter()
                .any(|active| active.requirement.priority < 0 && active.requirement.arm.is_none()),
        })
    }
}
