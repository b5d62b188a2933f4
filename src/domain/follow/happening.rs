//! What happened at a payment processor.

use jiff::Timestamp;

use crate::domain::model::Money;

/// Something that happened. Amounts are in minor units, and currencies as in `GBP`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Happening {
    /// When it happened, by the processor's clock.
    pub at: Timestamp,
    /// The processor's id of the payment that it is about.
    pub payment: String,
    /// What happened.
    pub what: What,
}

/// What happened to a payment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum What {
    /// It was taken from an account.
    Paid {
        /// The account, if it was one.
        account: Option<String>,
        /// The amount.
        amount: Money,
        /// The currency.
        currency: String,
    },
    /// It went back, or a part of it.
    Returned {
        /// How much of it went back so far.
        total: Money,
        /// Why, in a word: `refunded`, `disputed`.
        reason: &'static str,
    },
    /// The bank gave a payment back that was disputed.
    Restored,
    /// It could not be taken.
    Failed {
        /// The account, if it was one.
        account: Option<String>,
        /// The processor's words.
        why: String,
    },
}

/// What happened since the last time, oldest first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct News {
    /// What happened.
    pub happenings: Vec<Happening>,
    /// From where to ask the next time.
    pub cursor: Option<String>,
    /// Whether something may be missing in between, since nobody asked for too long.
    pub gap: bool,
}
