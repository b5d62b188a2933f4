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
    /// The first day that it pays for, local date; the day it was paid where this is not said.
    #[serde(default)]
    pub from: Option<Date>,
    /// The text that came with it.
    pub text: String,
    /// The bank's id of it, or how else it came (`cash`).
    #[serde(default)]
    pub source: Option<String>,
    /// Set once the money went back.
    #[serde(default)]
    pub returned: Option<Returned>,
}

/// Money that went back to whoever had paid it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Returned {
    /// The day, local date.
    pub on: Date,
    /// How much, in minor units.
    pub amount: Money,
    /// How many of the months that were bought are no longer paid.
    pub months: u16,
    /// Why, in words: `bounced`.
    pub reason: String,
}

impl Payment {
    /// The source of a record that is no payment, but says until when a member had paid before
    /// payments were kept here: its `date` is the first day that was not paid for.
    pub const OPENING: &'static str = "opening";

    /// The source of months that were given and cost nothing.
    pub const GIFT: &'static str = "gift";

    /// Tells whether it only says where the payments begin.
    #[must_use]
    pub fn is_opening(&self) -> bool {
        self.source.as_deref() == Some(Self::OPENING)
    }

    /// Returns how many months it pays for, without those that were taken back.
    #[must_use]
    pub fn kept(&self) -> u16 {
        let back = self.returned.as_ref().map_or(0, |returned| returned.months);
        self.months.saturating_sub(back)
    }

    /// Returns the first day that it pays for.
    #[must_use]
    pub fn starts(&self) -> Date {
        self.from.unwrap_or(self.date)
    }
}
