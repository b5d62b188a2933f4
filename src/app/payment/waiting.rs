//! A transaction that an import cannot credit, and what somebody answers about it.

use super::{ImportedLine, WrittenShare, find};
use crate::{
    app::{AppError, look_up},
    domain::{
        model::{MemberId, Tag},
        ops::payment::{Assign, Decision, Same, Share, Split, Transfer},
    },
    store::Revision,
};

/// A transaction that waits for a decision.
#[derive(Debug)]
pub struct Waiting<'r> {
    year: i16,
    id: Tag,
    /// The line of the statement.
    pub row: &'r ImportedLine,
}

/// What becomes of a transaction.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Answer {
    /// Credit it to the suggestion of this number, counted from 1.
    Suggestion(usize),
    /// Credit it to somebody: a number, a name, or the beginning of a name.
    Member(String),
    /// Split it among several members.
    Split(Vec<WrittenShare>),
    /// It is the same money as something on record; its twin, unless named.
    Same(Option<String>),
}

impl<'r> Waiting<'r> {
    /// Returns the transactions that wait, in their order.
    #[must_use]
    pub fn of(rows: &'r [ImportedLine]) -> Vec<Self> {
        let one = |row: &'r ImportedLine| {
            let (date, id) = (row.date?, row.id.clone()?);
            (row.fate == "unmatched").then_some(Self { year: date.year(), id, row })
        };
        rows.iter().filter_map(one).collect()
    }

    /// Turns an answer into a decision; `months` is what it buys, if that does not follow.
    ///
    /// # Errors
    /// Fails if there is no such suggestion, or if no member, payment or transaction matches.
    pub fn decision(
        &self,
        head: &Revision<'_>,
        answer: &Answer,
        months: Option<u16>,
    ) -> Result<Decision, AppError> {
        let (year, id) = (self.year, self.id.clone());
        let member = match answer {
            Answer::Suggestion(number) => self.suggested(*number)?,
            Answer::Member(text) => look_up::member_id(head, text)?,
            Answer::Split(parts) => {
                let shares: Vec<Share> =
                    parts.iter().map(|part| part.share(head)).collect::<Result<_, _>>()?;
                return Ok(Decision::Split(Split {
                    transfer: Transfer::Unmatched(year, id),
                    shares,
                }));
            }
            Answer::Same(named) => {
                let other = match named {
                    Some(text) => Some(find::recorded(head, text)?),
                    None => self.row.twin.clone(),
                };
                return Ok(Decision::Same(Same { year, id, other }));
            }
        };
        Ok(Decision::Assign(Assign { year, id, member, months, remember: None }))
    }
    fn suggested(&self, number: usize) -> Result<MemberId, AppError> {
        let suggestion = self.row.suggestions.get(number.wrapping_sub(1));
        let missing = || AppError::user(format!("there is no suggestion {number}"));
        Ok(suggestion.ok_or_else(missing)?.member)
    }
}
