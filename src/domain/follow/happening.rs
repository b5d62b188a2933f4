//! What happened at a payment processor.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::model::Money;

/// Something that happened. Amounts are in minor units, and currencies as in `GBP`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Happening {
    /// When it happened, by the processor's clock.
    pub at: Timestamp,
    /// The processor's id of the payment that it is about.
    pub payment: String,
    /// What happened.
    pub what: What,
}

/// What happened to a payment.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
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
        /// Why.
        reason: BackReason,
    },
    /// A payment that was disputed was given back to the space, or will not be taken.
    Restored,
    /// What was taken was paid out to the bank account of the space.
    PaidOut {
        /// The amount that arrives there.
        amount: Money,
        /// The currency.
        currency: String,
        /// What had been taken, without what went back.
        taken: Money,
        /// What the processor kept.
        fees: Money,
        /// A word that the bank's line about it has.
        named: String,
        /// If it came back to the processor: why, in the processor's words.
        came_back: Option<String>,
    },
    /// It could not be taken.
    Failed {
        /// The account, if it was one.
        account: Option<String>,
        /// What was to be taken, if that is known.
        #[serde(default)]
        amount: Option<Money>,
        /// What all attempts to take the same dues have in common, if not the id of the payment.
        #[serde(default)]
        demand: Option<String>,
        /// The processor's words.
        why: String,
    },
}

/// Why money went back.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BackReason {
    /// We gave it back.
    Refunded,
    /// The owner of the card says that it was taken wrongly.
    Disputed,
    /// The payer had the bank take it back.
    ChargedBack,
    /// It turned out later that there was none.
    Failed,
}

impl BackReason {
    /// Returns the words for it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Refunded => "refunded",
            Self::Disputed => "disputed",
            Self::ChargedBack => "charged back",
            Self::Failed => "failed",
        }
    }
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
