//! Settings of the whole space: `space.json`.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    AlarmRules, Brake, JoiningRules, Language, MemberId, Money, NoticeKind, Priority, SelfService,
};

/// The settings of a space.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Space {
    /// The format of the data; zero if absent, as in data from before formats were numbered.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub format: u32,
    /// The display name.
    pub name: String,
    /// The IANA name of the time zone of dates and floating times.
    pub time_zone: String,
    /// The ISO 4217 code of the currency of every amount.
    pub currency: String,
    /// The prefix of a bank reference, before the member's number: `SM` for `SM0042`.
    pub reference_prefix: String,
    /// The numbers from which dues are computed.
    pub dues: DuesRules,
    /// The number of days for which a member stays covered after the paid time has ended.
    pub grace_days: u16,
    /// The language of pages and letters for whoever asks for no other.
    #[serde(default, skip_serializing_if = "is_default")]
    pub language: Language,
    /// How people join by themselves.
    #[serde(default, skip_serializing_if = "is_default")]
    pub joining: Box<JoiningRules>,
    /// Which notices members get, and from whom.
    #[serde(default)]
    pub notices: NoticeRules,
    /// What somebody is told about the building, and who that is.
    #[serde(default, skip_serializing_if = "AlarmRules::is_default")]
    pub alarms: AlarmRules,
    /// What members may do by themselves.
    #[serde(default, skip_serializing_if = "is_default")]
    pub self_service: Box<SelfService>,
    /// How long personal data is kept.
    #[serde(default)]
    pub retention: Retention,
    /// The minimum number of digits of a passcode that is handed out.
    #[serde(
        default = "default_passcode_length",
        skip_serializing_if = "is_default_passcode_length"
    )]
    pub shortest_passcode: u8,
    /// How much access one change may take away before somebody has to confirm it.
    #[serde(default, skip_serializing_if = "Brake::is_usual")]
    pub brake: Brake,
    /// Whether each clone syncs by itself before and after each command that writes.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub auto_sync: bool,
    /// The name of each priority.
    #[serde(default)]
    pub levels: BTreeMap<Priority, String>,
    /// The lowest number for the next member, set when members with higher numbers were removed: a
    /// number is never reused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_member: Option<MemberId>,
    /// The id of the key that codes are hashed with; see `space key show`.
    #[serde(default)]
    pub key_id: Option<String>,
}

const fn default_passcode_length() -> u8 {
    4
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands out references")]
const fn is_default_passcode_length(digits: &u8) -> bool {
    *digits == default_passcode_length()
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands out references")]
const fn is_zero(format: &u32) -> bool {
    *format == 0
}

/// The numbers from which dues are computed; amounts are in minor units.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DuesRules {
    /// The minimum dues of a month.
    pub minimum: Money,
    /// The number of children that the price includes.
    pub included_children: u16,
    /// The monthly surcharge for each further child.
    pub per_further_child: Money,
    /// The age in years from which dues are reduced.
    pub concession_age: u16,
}

/// Which notices members get, and from whom.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct NoticeRules {
    /// The sender address of notices; without one, nothing is sent.
    pub from: Option<String>,
    /// The address for replies, if it differs.
    pub reply_to: Option<String>,
    /// The addresses that receive the monthly review.
    pub directors: Vec<String>,
    /// How to pay, in words: the account, the sort code.
    pub payment_details: Option<String>,
    /// The page on which members say by what a payment processor takes their dues.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pay_page: Option<String>,
    /// How letters are signed; by default with the name of the space.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
    /// How letters write a day, as a format of strftime: `%-d %B %Y` by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day_form: Option<String>,
    /// On which days a member is reminded, counted from the first day that is not paid for;
    /// negative numbers lie before it.
    pub reminder_days: Vec<i16>,
    /// Kinds of notices that are not sent.
    pub off: BTreeSet<NoticeKind>,
}

impl Default for NoticeRules {
    fn default() -> Self {
        Self {
            from: None,
            reply_to: None,
            directors: Vec::new(),
            payment_details: None,
            pay_page: None,
            signature: None,
            day_form: None,
            reminder_days: vec![-7, 3, 10],
            off: BTreeSet::new(),
        }
    }
}

/// For how many days personal data is kept; `null` means for ever.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Retention {
    /// Contact data, counted from the day the member left.
    pub contact_days: Option<u32>,
    /// Payments and unmatched transactions, counted from their date.
    pub payment_days: Option<u32>,
    /// Everything else about a member, counted from the day the member left.
    pub member_days: Option<u32>,
    /// Activities at the doors.
    pub activity_days: Option<u32>,
    /// Letters that were put into a folder, counted from their date.
    pub letter_days: Option<u32>,
    /// What meters said, counted from the day; what was used in each quarter of an hour stays.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measurement_days: Option<u32>,
}
