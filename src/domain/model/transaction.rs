//! A line of a statement that nobody could be credited with: `unmatched/<year>/<id>.json`.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Money;

/// One line of a bank's file, kept whole until somebody assigns it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Transaction {
    /// The day it was paid, local date.
    pub date: Date,
    /// How much, in minor units.
    pub amount: Money,
    /// The text that came with it.
    pub text: String,
    /// The bank's id of it.
    #[serde(default)]
    pub source: Option<String>,
    /// Who paid, as the bank says.
    #[serde(default)]
    pub payer: Option<String>,
    /// Why nobody was credited with it.
    pub reason: String,
}
