//! `why`: whether a facility opens to whoever asks, and why.

use jiff::Timestamp;

use super::{Asker, Desk};
use crate::{
    app::{
        AppError,
        why::{Answer, Question, index_members, remedy},
    },
    domain::model::AccessResult,
    store::Store,
};

impl Desk {
    /// Says whether it opens, rule by rule.
    pub(super) fn why(
        &self,
        store: &Store,
        asker: &Asker,
        facility: &str,
        now: Timestamp,
    ) -> Result<String, AppError> {
        let (answer, reason) = self.decide(store, asker, facility, now)?;
        let opens = match answer.result {
            AccessResult::Granted => "opens to you",
            _ => "does not open to you",
        };
        let mut lines = vec![format!("{} {opens}: {reason}.", answer.facility)];
        if answer.held {
            lines.push("It stands unlocked, so nobody needs a credential.".to_owned());
        }
        lines.extend(answer.steps.iter().map(|step| {
            let mark = match step.holds {
                Some(true) => "yes:",
                Some(false) => "no:",
                None => "-",
            };
            format!("{mark} {}", step.text)
        }));
        Ok(lines.join("\n"))
    }

    /// Decides for whoever asks, and says in words why.
    pub(super) fn decide(
        &self,
        store: &Store,
        asker: &Asker,
        facility: &str,
        now: Timestamp,
    ) -> Result<(Answer, String), AppError> {
        let question = Question::by(store, store.head()?, None, now)?.about(facility)?;
        let index = index_members(&question.revision, vec![asker.id], now);
        let answers = question.answers(&index, asker.id, &asker.member)?;
        let answer = answers.into_iter().next();
        let answer = answer.ok_or_else(|| AppError::data("that cannot be worked out"))?;
        let reason = match answer.reason {
            Some(reason) => remedy::words(reason, &question.revision, Some(asker.id), None),
            None => "you have no credential".to_owned(),
        };
        Ok((answer, reason))
    }
}
