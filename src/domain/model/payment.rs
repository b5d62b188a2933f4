//! Money that bought a member time: `members/00/0042/payments/<date>-<id>.json`.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Money;

/// One payment, as it came and what it bought.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Payment {
    /// The day it was paid, local date.
    pub date: Date,
    /// How much, in minor units.
    pub amount: Money,
    /// How many months it bought.
    pub months: u16,
    /// The text that came with it.
    pub text: String,
    /// The bank's id of it, or how else it came (`cash`).
    #[serde(default)]
    pub source: Option<String>,
}
