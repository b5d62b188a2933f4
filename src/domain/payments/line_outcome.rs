//! One line of a statement and what happens to it.

use super::{ReviewFlag, StatementLine, Suggestion, TakenBack, TransactionStatus};
use crate::domain::model::Tag;

/// One line and what happens to it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LineOutcome {
    /// The index of the statement.
    pub statement: usize,
    /// The line number in the file.
    pub number: u32,
    /// The transaction, if the line can be read.
    pub line: Option<StatementLine>,
    /// The identity under which it is recorded.
    pub id: Option<Tag>,
    /// What happens to it.
    pub status: TransactionStatus,
    /// What makes it worth a look.
    pub flags: Vec<ReviewFlag>,
    /// If it is unmatched, the members who may be meant, likeliest first.
    pub suggestions: Vec<Suggestion>,
    /// The payment that it probably takes back.
    pub takes_back: Option<TakenBack>,
}
