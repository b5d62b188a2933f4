//! What members may do by themselves.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Slug;

/// What members may do by themselves on their pages; everything else they ask for there.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SelfService {
    /// What they may change; the rest becomes a request to the admins.
    pub change: BTreeSet<OwnField>,
    /// The number of days for which members see their own visits.
    pub visit_days: u16,
    /// Who may let guests in; nobody if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guests: Option<GuestRules>,
}

impl Default for SelfService {
    fn default() -> Self {
        use OwnField as F;
        let change = [F::Email, F::Phone, F::Address, F::ChosenAmount, F::News];
        Self { change: change.into(), visit_days: 90, guests: None }
    }
}

/// Something that a member may want to change about themselves.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each is named like the field of the record")]
pub enum OwnField {
    Name,
    Email,
    Phone,
    Address,
    Born,
    Tier,
    Concession,
    ChosenAmount,
    News,
}

impl OwnField {
    /// Every field.
    pub const ALL: [Self; 9] = [
        Self::Name,
        Self::Email,
        Self::Phone,
        Self::Address,
        Self::Born,
        Self::Tier,
        Self::Concession,
        Self::ChosenAmount,
        Self::News,
    ];

    /// Returns the word for it, as in files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Address => "address",
            Self::Born => "born",
            Self::Tier => "tier",
            Self::Concession => "concession",
            Self::ChosenAmount => "chosen-amount",
            Self::News => "news",
        }
    }
}

/// For what, and for how long, members in good standing may let guests in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GuestRules {
    /// The facilities that a guest may open.
    pub facilities: BTreeSet<Slug>,
    /// The longest pass, in hours.
    pub hours: u16,
    /// How many passes a member may have given out at the same time.
    #[serde(default = "two", skip_serializing_if = "is_two")]
    pub at_once: u8,
}

const fn two() -> u8 {
    2
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands out references")]
const fn is_two(count: &u8) -> bool {
    *count == two()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_files_are_those_of_the_fields() {
        for field in OwnField::ALL {
            assert_eq!(serde_json::to_string(&field).unwrap(), format!("\"{}\"", field.word()));
        }
    }

    #[test]
    fn nothing_has_to_be_said() {
        let rules: SelfService = serde_json::from_str("{}").unwrap();
        assert_eq!(rules, SelfService::default());
        assert!(rules.guests.is_none(), "guests are off by default");
    }
}
