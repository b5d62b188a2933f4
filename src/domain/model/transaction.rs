//! A statement line that could not be credited to a member: `unmatched/<year>/<id>.json`.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Money;

/// One line of a bank's file, kept in full until somebody assigns it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Transaction {
    /// The day it was paid, local date.
    pub date: Date,
    /// The amount, in minor units.
    pub amount: Money,
    /// The text that came with it.
    pub text: String,
    /// The bank's id of the transaction.
    #[serde(default)]
    pub source: Option<String>,
    /// The payer, as the bank names them.
    #[serde(default)]
    pub payer: Option<String>,
    /// Why it could not be credited to a member.
    pub reason: String,
}
