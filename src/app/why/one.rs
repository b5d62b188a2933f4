//! The answer for one member: the decision, and every rule and commit that led to it.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Question,
    answer::{Answer, DecidingCommit},
};
use crate::{
    app::{AppError, in_force::Evidence, view::with_origin, when},
    domain::{
        access::{self, Explanation, Index},
        model::{AccessResult, Member, MemberId, RecordPath, Slug},
        records,
    },
    store::history::LogEntry,
};

impl Question<'_> {
    /// Answers for one member, facility by facility, by an index of this moment.
    ///
    /// # Errors
    /// Fails if the history cannot be read.
    pub fn answers(
        &self,
        index: &Index,
        id: MemberId,
        member: &Member,
    ) -> Result<Vec<Answer>, AppError> {
        let explained: Vec<(&Slug, Explanation<'_>)> = self
            .facilities
            .iter()
            .filter_map(|it| {
                let explained = access::explain(index, id, it, self.at)?;
                Some((it, explained.by_records_of(self.age, index, it)))
            })
            .collect();
        let paths: BTreeSet<RecordPath> =
            explained.iter().flat_map(|(facility, it)| deciding_paths(facility, it)).collect();
        let paths: Vec<RecordPath> = paths.into_iter().collect();
        let commits = self.store.last_changes(self.revision.id(), &paths)?;
        let commits = paths.into_iter().zip(commits);
        let commits: Commits = commits.filter_map(|(path, it)| Some((path, it?))).collect();
        let answer =
            |(facility, it): &(&Slug, Explanation<'_>)| self.answer(member, facility, it, &commits);
        Ok(explained.iter().map(answer).collect())
    }

    fn answer(
        &self,
        member: &Member,
        facility: &Slug,
        explanation: &Explanation<'_>,
        commits: &Commits,
    ) -> Answer {
        let decision = explanation.decision.as_ref();
        let mut shown = BTreeSet::new();
        let result = decision.map_or(AccessResult::Denied, |decision| decision.result);
        Answer {
            member: explanation.member,
            facility: facility.clone(),
            at: self.at,
            commit: self.revision.id(),
            result,
            reason: decision.map(|decision| decision.reason),
            priority: decision.and_then(|decision| decision.priority),
            required: decision.and_then(|decision| decision.required),
            steps: self.steps(member, explanation),
            changes: deciding_paths(facility, explanation)
                .iter()
                .filter_map(|path| commits.get(path))
                .filter(|entry| shown.insert(entry.id))
                .map(|entry| DecidingCommit {
                    commit: entry.id,
                    time: entry.time,
                    author: entry.author.name.clone(),
                    what: with_origin(
                        records::in_words(&self.revision, &entry.subject),
                        entry.trailer.as_deref(),
                    ),
                    subject: entry.subject.clone(),
                    change: entry.trailer.clone(),
                    when: when::local(entry.time, &self.zone),
                })
                .collect(),
            held: explanation.held(),
            evidence: self.evidence.map(|it| match it {
                Evidence::Activity(_) => "activity",
                Evidence::Log => "log",
                Evidence::Dates => "dates",
            }),
        }
    }
}

/// The commits that last changed records.
type Commits = BTreeMap<RecordPath, LogEntry>;

/// Lists the records that led to an answer.
fn deciding_paths(facility: &Slug, explanation: &Explanation<'_>) -> Vec<RecordPath> {
    let mut paths = vec![RecordPath::Member(explanation.member)];
    if let Some(tag) = explanation.decision.as_ref().and_then(|decision| decision.tag) {
        paths.push(RecordPath::Credential(explanation.member, tag.clone()));
    }
    for active in &explanation.requirements {
        paths.push(RecordPath::Requirement(facility.clone(), active.tag.clone()));
    }
    paths
}
