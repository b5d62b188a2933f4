//! How to reach a member: `members/00/0042/contact.json`, the one file with personal data.

use std::{collections::BTreeMap, fmt, str::FromStr};

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize, de::Error as _};

use super::{Language, Slug, text_schema::written_as};

/// All personal data about a member; no other file contains any.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// The e-mail address.
    #[serde(default)]
    pub email: Option<String>,
    /// The phone number.
    #[serde(default)]
    pub phone: Option<String>,
    /// The postal address; lines are separated by line breaks.
    #[serde(default)]
    pub address: Option<String>,
    /// Year and month of birth, for concessions by age.
    #[serde(default)]
    pub born: Option<YearMonth>,
    /// Why the dues are reduced, in words.
    #[serde(default)]
    pub concession_reason: Option<String>,
    /// Why the member is suspended, in words.
    #[serde(default)]
    pub suspension_reason: Option<String>,
    /// Accounts elsewhere, by service: `github`, `chat`.
    #[serde(default)]
    pub accounts: BTreeMap<String, String>,
    /// The payment processor that takes the dues, if the member does not pay in another way. The
    /// account there is among `accounts`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pays_by: Option<Slug>,
    /// Whether the member asked for news that is not about the membership itself.
    #[serde(default)]
    pub news: bool,
    /// Whether they agreed that other members are told by name that they joined, or are in.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub named: bool,
    /// The language of letters to them, if it is not that of the space.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// How they found the space, in their words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heard_of_us: Option<String>,
    /// What they agreed to when they joined.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed: Option<Agreement>,
}

/// What somebody agreed to, and in which version: the id of git's object with the text, so that
/// `git cat-file -p` shows it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Agreement {
    /// The local day.
    pub on: Date,
    /// The house rules.
    #[serde(default)]
    pub house_rules: Option<String>,
    /// The privacy notice.
    #[serde(default)]
    pub privacy: Option<String>,
}

/// A month of a year: `1980-01`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct YearMonth {
    /// The year, 1900 to 2199.
    pub year: i16,
    /// The month, 1 to 12.
    pub month: i8,
}

impl FromStr for YearMonth {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parse = || {
            let (year, month) = text.split_once('-')?;
            let digits = |t: &str, n| t.len() == n && t.bytes().all(|b| b.is_ascii_digit());
            if !digits(year, 4) || !digits(month, 2) {
                return None;
            }
            let (year, month) = (year.parse().ok()?, month.parse().ok()?);
            ((1900..2200).contains(&year) && (1..=12).contains(&month))
                .then_some(Self { year, month })
        };
        parse().ok_or_else(|| {
            format!(
                "`{}` is not a year and month: write one like 1980-01",
                super::text::shown(text)
            )
        })
    }
}

impl fmt::Display for YearMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

written_as!(YearMonth, r"^[0-9]{4}-(0[1-9]|1[0-2])$", "A year and a month, like 1980-01.");

impl Serialize for YearMonth {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for YearMonth {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}
