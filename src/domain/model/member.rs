//! Someone of the space: `members/00/0042/member.json`.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{MemberId, Money, Slug, Suspension, apart};

/// Who someone is to the space. Personal data is in [`super::Contact`] instead, reasons too.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// The name that other members know.
    pub name: String,
    /// The kind of membership; decides the dues.
    pub tier: Slug,
    /// The first day of membership, local date.
    pub joined: Date,
    /// The first day on which the member no longer belonged to the space, local date.
    #[serde(default)]
    pub left: Option<Date>,
    /// The first day on which the member may not use the space, local date; `null` if not suspended.
    #[serde(default, deserialize_with = "apart::day")]
    pub suspended: Option<Date>,
    /// The first day on which the member may again, local date; `null` until somebody ends the
    /// suspension.
    #[serde(default)]
    pub suspended_until: Option<Date>,
    /// The member who answers for this child, and whose payments cover it.
    #[serde(default)]
    pub parent: Option<MemberId>,
    /// Whether the member stated a reason for reduced dues.
    #[serde(default, deserialize_with = "apart::yes")]
    #[schemars(with = "Option<bool>")]
    pub concession: bool,
    /// The monthly amount that the member chose to pay, in minor units, if higher than the dues.
    #[serde(default)]
    pub chosen_amount: Option<Money>,
    /// The first day that is not paid for, local date; calculated from the payments.
    #[serde(default)]
    pub paid_until: Option<Date>,
}

impl Member {
    /// Returns the suspension, which may be over or still to come.
    #[must_use]
    pub fn suspension(&self) -> Option<Suspension> {
        Some(Suspension { since: self.suspended?, until: self.suspended_until })
    }
}
