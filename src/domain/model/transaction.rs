//! A statement line that could not be credited to a member: `unmatched/<year>/<id>.json`.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Money, Tag};

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
    /// The id of the transaction that is of the same money, once somebody has said so. It then
    /// waits for nothing, and is kept only to be recognised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same_as: Option<Tag>,
}
