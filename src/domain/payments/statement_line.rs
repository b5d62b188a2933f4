//! A bank's statement, whatever its format.

use jiff::civil::Date;

use super::{Batch, LineKind};
use crate::domain::model::Money;

/// One file from a bank.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Statement {
    /// The name of the file.
    pub name: String,
    /// Its rows, in order.
    pub rows: Vec<StatementRow>,
    /// What is wrong with the file as a whole, in full sentences.
    pub warnings: Vec<String>,
}

/// One transaction of a statement, or a row that should be one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StatementRow {
    /// The first line of the row in the file, counted from 1.
    pub number: u32,
    /// The transaction, or why it cannot be read.
    pub content: Result<StatementLine, String>,
}

/// A transaction as the bank reports it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct StatementLine {
    /// The booking date, local date.
    pub date: Date,
    /// The amount in minor units; negative for outgoing money.
    pub amount: Money,
    /// The currency of the amount, if the bank states it.
    pub currency: Option<String>,
    /// All text of the transaction, on one line.
    pub text: String,
    /// The text in full and with its blanks as the bank writes them, a line break between its
    /// parts: here the reference is sought. Empty if `text` is all there is.
    pub full_text: String,
    /// The bank's id.
    pub bank_id: Option<String>,
    /// The account that the money came to, if the bank states it.
    pub account: Option<String>,
    /// The payer.
    pub payer: Option<String>,
    /// How it is part of a batch.
    pub batch: Option<Batch>,
    /// What the bank calls it.
    pub kind: LineKind,
}

impl StatementLine {
    /// Returns the text in which a reference is sought.
    #[must_use]
    pub fn searched_text(&self) -> &str {
        if self.full_text.is_empty() { &self.text } else { &self.full_text }
    }
}
