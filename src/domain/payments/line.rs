//! A bank's statement, in whatever form it came.

use jiff::civil::Date;

use crate::domain::model::Money;

/// One file of a bank.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Statement {
    /// The name of the file.
    pub name: String,
    /// What was in it, in order.
    pub rows: Vec<Row>,
    /// What is wrong with the file as a whole, in whole sentences.
    pub warnings: Vec<String>,
}

/// One transaction of a statement, or what should be one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// The line of the file on which it begins, counted from 1.
    pub number: u32,
    /// The transaction, or why it cannot be read.
    pub content: Result<Line, String>,
}

/// A transaction as the bank tells it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// The day it was booked, local date.
    pub date: Date,
    /// How much, in minor units; below zero for money that went out.
    pub amount: Money,
    /// The currency of the amount, where the bank says it.
    pub currency: Option<String>,
    /// All that is said about it, in one line.
    pub text: String,
    /// The bank's id.
    pub bank_id: Option<String>,
    /// Who paid.
    pub payer: Option<String>,
}
