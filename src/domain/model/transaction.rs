//! A statement line that could not be credited to a member: `unmatched/<year>/<id>.json`.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{MemberId, Money, Slug, Tag};

/// One line of a bank's file, kept in full until somebody assigns it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
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
    /// What a payment processor paid out to the bank, if it is that: all of it was credited when it was
    /// taken, so it waits for nothing either.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payout: Option<Payout>,
    /// Whose dues a payment processor could not take, if it is that: no money came in, so it waits for
    /// nothing, and the amount is what was asked for, or zero if that is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failed: Option<FailedPayment>,
}

/// A payment that a payment processor could not take.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FailedPayment {
    /// The processor, by the name by which members pay.
    pub service: Slug,
    /// The member whose dues they are.
    pub member: MemberId,
    /// The processor's words.
    pub why: String,
}

/// What a payment processor paid out.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Payout {
    /// The processor, by the name by which members pay.
    pub service: Slug,
    /// What it had taken, in minor units, without what it gave back.
    pub taken: Money,
    /// What it kept, in minor units.
    pub fees: Money,
    /// A word that the bank's line about it has: `STRIPE`.
    pub named: String,
    /// The local day on which it came back to the processor, if the bank did not take it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returned: Option<Date>,
}

impl Transaction {
    /// Tells whether somebody has to say whose money it is.
    #[must_use]
    pub const fn waits(&self) -> bool {
        self.same_as.is_none() && self.payout.is_none() && self.failed.is_none()
    }
}
