//! What holds for the whole space: `space.json`.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{MemberId, Money, NoticeKind, Priority};

/// The settings of a space.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Space {
    /// The format of the data; zero where none is said, in data from before there were formats.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub format: u32,
    /// What people call it.
    pub name: String,
    /// The IANA name of the zone in which dates and floating times are meant.
    pub time_zone: String,
    /// The ISO 4217 code of the currency of every amount.
    pub currency: String,
    /// What stands before a member's number in a bank reference: `SM` for `SM0042`.
    pub reference_prefix: String,
    /// The numbers from which dues are computed.
    pub dues: DuesRules,
    /// How many days a member is still covered after the paid time ended.
    pub grace_days: u16,
    /// What members are told, and by whom.
    #[serde(default)]
    pub notices: NoticeRules,
    /// How long what is personal is held.
    #[serde(default)]
    pub retention: Retention,
    /// What each priority is called.
    #[serde(default)]
    pub levels: BTreeMap<Priority, String>,
    /// The number from which on new members are numbered, where those before it were removed; a
    /// number is never given to somebody else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_member: Option<MemberId>,
    /// The name of the key by which codes are hashed; see `space key show`.
    #[serde(default)]
    pub key_id: Option<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands out references")]
const fn is_zero(format: &u32) -> bool {
    *format == 0
}

/// The numbers from which dues are computed, amounts in minor units.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DuesRules {
    /// The least that a member pays a month.
    pub minimum: Money,
    /// How many children the price includes.
    pub included_children: u16,
    /// The surcharge a month for each further child.
    pub per_further_child: Money,
    /// The age in years from which dues are reduced.
    pub concession_age: u16,
}

/// What members are told, and by whom.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NoticeRules {
    /// The address that notices come from; nothing is sent without one.
    pub from: Option<String>,
    /// The address that answers go to, where that is another one.
    pub reply_to: Option<String>,
    /// The addresses that get the month's review.
    pub directors: Vec<String>,
    /// How to pay, in words: the account, the sort code.
    pub payment_details: Option<String>,
    /// On which days a member is reminded, counted from the first day that is not paid for; below
    /// zero before it.
    pub reminder_days: Vec<i16>,
    /// Kinds that are not sent.
    pub off: BTreeSet<NoticeKind>,
}

impl Default for NoticeRules {
    fn default() -> Self {
        Self {
            from: None,
            reply_to: None,
            directors: Vec::new(),
            payment_details: None,
            reminder_days: vec![-7, 3, 10],
            off: BTreeSet::new(),
        }
    }
}

/// How many days what is personal is held; `null` for ever.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Retention {
    /// Contact data, counted from the day on which the member left.
    pub contact_days: Option<u32>,
    /// Payments and transactions that nobody could be credited with, from the day they were made.
    pub payment_days: Option<u32>,
    /// Everything else about a member, from the day on which the member left.
    pub member_days: Option<u32>,
    /// Activities at the doors.
    pub activity_days: Option<u32>,
}
