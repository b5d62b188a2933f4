//! A transaction that is on record already, or is being recorded.

use jiff::civil::Date;

use crate::domain::model::{MemberId, Money, Tag};

/// A payment, or an unmatched transaction, that is on record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Recorded {
    /// The identity that it is recorded under.
    pub id: Tag,
    /// The member who was credited; `None` if it is unmatched.
    pub member: Option<MemberId>,
    /// The day it was paid, local date.
    pub date: Date,
    /// The amount, in minor units.
    pub amount: Money,
    /// The text that came with it.
    pub text: String,
}

impl Recorded {
    /// Returns as much of the identity as people need to name it.
    #[must_use]
    pub fn short_id(&self) -> &str {
        self.id.as_str().get(..8).unwrap_or(self.id.as_str())
    }
}
