//! One line of a statement and what becomes of it.

use super::{Line, ReviewFlag, TransactionStatus};
use crate::domain::model::Tag;

/// One line and what becomes of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LineOutcome {
    /// Which of the statements.
    pub statement: usize,
    /// The line of the file.
    pub number: u32,
    /// What the bank says, where it can be read.
    pub line: Option<Line>,
    /// The identity under which it is written down.
    pub id: Option<Tag>,
    /// What becomes of it.
    pub fate: TransactionStatus,
    /// What makes it worth a look.
    pub marks: Vec<ReviewFlag>,
}
