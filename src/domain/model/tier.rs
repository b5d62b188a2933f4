//! A kind of membership and its price: `tiers/standard.json`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Money, nullable};

/// What members of one kind owe.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// The display name.
    pub name: String,
    /// The dues of a month in minor units; `null` for a tier without dues. It must not be missing.
    #[serde(deserialize_with = "nullable::required")]
    #[schemars(with = "nullable::Required<Money>")]
    pub price: Option<Money>,
    /// The price of a whole year paid at once, in minor units, if there is one.
    #[serde(default)]
    pub year: Option<Money>,
    /// Whether a concession halves the dues.
    #[serde(default)]
    pub concessions: bool,
}

impl Tier {
    /// Tells whether members of this tier owe dues.
    #[must_use]
    pub fn owes_dues(&self) -> bool {
        self.price.is_some_and(|price| price > 0)
    }
}
