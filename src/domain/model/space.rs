//! What holds for the whole space: `space.json`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Money, Priority};

/// The settings of a space.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Space {
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
    /// What each priority is called.
    #[serde(default)]
    pub levels: BTreeMap<Priority, String>,
    /// The name of the key by which codes are hashed; see `space key show`.
    #[serde(default)]
    pub key_id: Option<String>,
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
