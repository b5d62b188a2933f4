//! Somebody who wants to be a member, and is none yet. It is no record: what people who never join say
//! about themselves does not belong in the history.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Agreement, Language, MemberId, Money, Slug, contact::YearMonth};

/// What a newcomer filled in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Application {
    /// The name that other members will know.
    pub name: String,
    /// The e-mail address.
    pub email: String,
    /// The phone number.
    pub phone: Option<String>,
    /// The postal address; lines are separated by line breaks.
    pub address: Option<String>,
    /// Year and month of birth.
    pub born: Option<YearMonth>,
    /// The kind of membership.
    pub tier: Slug,
    /// The reason for reduced dues.
    pub concession: Option<String>,
    /// The monthly amount that they chose to pay, in minor units.
    pub chosen_amount: Option<Money>,
    /// Whether they want news that are not about their membership.
    pub news: bool,
    /// Whether they agree that other members are told by name that they joined, or are in.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub named: bool,
    /// How they found the space.
    pub heard_of_us: Option<String>,
    /// The language they filled it in in.
    pub language: Language,
    /// What they agreed to.
    pub agreed: Agreement,
    /// Their children, who join with them.
    pub children: Vec<ApplicationChild>,
}

/// A child who joins with a parent.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ApplicationChild {
    /// The name.
    pub name: String,
    /// Year and month of birth.
    pub born: YearMonth,
}

/// Something that waits outside the records: for a link to be followed, or for an admin.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Waiting<C> {
    /// The id by which admins name it: eight letters and digits.
    pub id: String,
    /// When it came.
    pub since: Timestamp,
    /// The first instant at which it is no longer kept.
    pub until: Timestamp,
    /// What it waits for.
    pub stage: Stage,
    /// What it is.
    pub content: C,
}

/// What it waits for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// For the link in an e-mail to be followed.
    Link {
        /// The hash of the secret in the link.
        hash: String,
    },
    /// For an admin.
    Admin,
    /// For the welcome to be handed over; the members were added, or are just being added.
    Welcome {
        /// Their numbers, the parent's first.
        members: Vec<MemberId>,
    },
}
