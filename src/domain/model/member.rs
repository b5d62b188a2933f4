//! A person of the space: `members/00/0042/member.json`.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{MemberId, Money, Slug};

/// Who someone is to the space. What is personal stands in [`super::Contact`] instead.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// The name by which members know each other.
    pub name: String,
    /// What kind of member; decides the dues.
    pub tier: Slug,
    /// The first day of membership, local date.
    pub joined: Date,
    /// The first day on which the person was no longer a member, local date.
    #[serde(default)]
    pub left: Option<Date>,
    /// Set while the member may not use the space.
    #[serde(default)]
    pub suspended: Option<Suspension>,
    /// The member who answers for this child, and by whose payments the child is covered.
    #[serde(default)]
    pub parent: Option<MemberId>,
    /// The stated reason for reduced dues.
    #[serde(default)]
    pub concession: Option<String>,
    /// What the member chose to pay a month, in minor units, where that is more than is due.
    #[serde(default)]
    pub chosen_amount: Option<Money>,
    /// The first day that is not paid for, local date; follows from the payments.
    #[serde(default)]
    pub paid_until: Option<Date>,
}

/// Why and since when a member may not use the space.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Suspension {
    /// The first day, local date.
    pub since: Date,
    /// What for, in words.
    pub reason: String,
}
