//! Money that bought time for a member: `members/00/0042/payments/<date>-<id>.json`.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{MemberId, Money, returns};

/// One payment, and what it bought.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Payment {
    /// The day it was paid, local date.
    pub date: Date,
    /// The amount, in minor units.
    pub amount: Money,
    /// How many months it bought.
    pub months: u16,
    /// The first day that it pays for, local date; `None` means the day of payment.
    #[serde(default)]
    pub from: Option<Date>,
    /// The text that came with it.
    pub text: String,
    /// The bank's id of the transaction, or how else the payment came (`cash`).
    #[serde(default)]
    pub source: Option<String>,
    /// What was returned of the money, in the order in which that happened.
    #[serde(default, with = "returns")]
    #[schemars(with = "returns::Spelling")]
    pub returned: Vec<Returned>,
    /// How the transfer was split, if this is only a part of it: all parts, this one included.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub split: Vec<Part>,
}

/// A part of a transfer that several members share.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// The member who was credited with it.
    pub member: MemberId,
    /// The amount, in minor units.
    pub amount: Money,
}

/// Money that was returned to whoever had paid it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Returned {
    /// The day, local date.
    pub on: Date,
    /// The amount, in minor units.
    pub amount: Money,
    /// The number of months bought that are no longer paid for.
    pub months: u16,
    /// The reason, in words: `bounced`.
    pub reason: String,
}

impl Payment {
    /// The source of a record that is not a payment, but states until when a member had paid
    /// before payments were kept here: its `date` is the first day that was not paid for.
    pub const OPENING: &'static str = "opening";

    /// The source of months that were a gift.
    pub const GIFT: &'static str = "gift";

    /// Tells whether it only states where the payments begin.
    #[must_use]
    pub fn is_opening(&self) -> bool {
        self.source.as_deref() == Some(Self::OPENING)
    }

    /// Returns the number of months it pays for, without those taken back.
    #[must_use]
    pub fn paid_months(&self) -> u16 {
        let back = self.returned.iter().map(|it| it.months).fold(0, u16::saturating_add);
        self.months.saturating_sub(back)
    }

    /// Returns the amount that was not returned, in minor units.
    #[must_use]
    pub fn kept(&self) -> Money {
        let back = self.returned.iter().map(|it| it.amount).fold(0, Money::saturating_add);
        self.amount.saturating_sub(back)
    }

    /// Returns the amount of the whole transfer, in minor units: more than this payment's if it was
    /// split.
    #[must_use]
    pub fn transferred(&self) -> Money {
        match self.split.as_slice() {
            [] => self.amount,
            parts => parts.iter().map(|it| it.amount).fold(0, Money::saturating_add),
        }
    }

    /// Returns the first day that it pays for.
    #[must_use]
    pub fn starts(&self) -> Date {
        self.from.unwrap_or(self.date)
    }
}
