//! What an import looks up in the records.

use jiff::{SignedDuration, civil::Date};

use super::{KnownFrom, Recorded};
use crate::domain::{
    dues::Household,
    model::{DuesRules, MemberId, Money, Payment, Payout, Suspension, Tag, Tier},
};

/// What is already recorded.
pub trait Books {
    /// Returns the record of a transaction by its identity.
    fn known(&self, id: &Tag) -> Option<Known>;

    /// Returns the records of an amount within [`NEAR_DAYS`] of a day: unmatched transactions, and
    /// payments of this member, or of all members.
    fn near(&self, member: Option<MemberId>, day: Date, amount: Money) -> Vec<Recorded>;

    /// Returns what processors paid out of an amount, within [`PAYOUT_DAYS`] of a day, oldest first.
    fn payouts(&self, day: Date, amount: Money) -> Vec<(Tag, Payout)>;

    /// Returns the member that a payer is remembered for.
    fn payer(&self, id: &Tag) -> Option<MemberId>;

    /// Tells whether there is a record of a member, readable or not.
    fn is_member(&self, id: MemberId) -> bool;

    /// Returns what decides a member's dues.
    fn account(&self, id: MemberId) -> AccountLookup;

    /// Returns what decided a member's dues on a past day, by the records of that day; `None` if
    /// they are not known, or are the same as now.
    fn account_on(&self, id: MemberId, day: Date) -> Option<(DuesRules, DuesAccount)>;

    /// Returns the recorded payments of a member, with the names of their files.
    fn payments(&self, id: MemberId) -> Vec<(Tag, Payment)>;
}

/// A bank may book one payment this many days apart in different exports.
pub const NEAR_DAYS: i64 = 3;

/// What a processor pays out arrives at most so long before or after the day that it names: a weekend
/// with holidays may be in between.
pub const PAYOUT_DAYS: SignedDuration = SignedDuration::from_hours(24 * 6);

/// A recorded transaction, as found by its identity.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Known {
    /// Where it is recorded.
    pub from: KnownFrom,
    /// The record, if it can be read.
    pub record: Option<Recorded>,
}

/// The result of looking up a member's number.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AccountLookup {
    /// No record.
    Nobody,
    /// A record that cannot be read, or whose tier cannot.
    Unreadable,
    /// The account.
    Account(Box<DuesAccount>),
}

/// What decides a member's dues.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DuesAccount {
    /// The member who pays for this one.
    pub parent: Option<MemberId>,
    /// The member and the children.
    pub household: Household,
    /// The kind of membership.
    pub tier: Tier,
    /// When the member may not use the space.
    pub suspension: Option<Suspension>,
    /// The `paid_until` that was set by hand, if no payment is on record.
    pub manual_paid_until: Option<Date>,
}
