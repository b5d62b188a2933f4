//! A guarded door or tool: `facilities/frontdoor/facility.json`.

use std::{collections::BTreeSet, net::IpAddr};

use jiff::SignedDuration;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Priority, Slug};

/// A door or a tool, and which inductions it demands.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Facility {
    /// What people call it.
    pub name: String,
    /// A door or a tool.
    pub kind: FacilityKind,
    /// Whether a member needs an induction before it opens.
    #[serde(default)]
    pub induction: bool,
    /// Facilities for which a member needs an induction first, such as health and safety.
    #[serde(default)]
    pub inductions_first: Vec<Slug>,
    /// Whether a passcode counts only shortly after a fob of the same member at the same reader.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub fob_first: bool,
    /// The addresses that its controllers ask from, if it has any.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub controllers: BTreeSet<IpAddr>,
    /// A number that tells apart the keys that its controllers have had to sign with; without one they
    /// need not sign.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub controller_key: Option<u32>,
    /// The priority that an induction to it gives the fobs of the member; without one, an induction
    /// grants nothing by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grant_on_induction: Option<Priority>,
    /// What opens it once its door has not had news of the records for a long time; without a rule, all
    /// that it last knew stays in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stale: Option<StaleRule>,
}

/// What a door does with records that are old.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StaleRule {
    /// The age of the records from which it counts, in days.
    pub after_days: u16,
    /// The priority that opens the facility all the same; without one, nobody does.
    #[serde(default)]
    pub priority: Option<Priority>,
}

impl StaleRule {
    /// Tells whether records of an age are stale.
    #[must_use]
    pub fn applies_to(&self, age: SignedDuration) -> bool {
        age >= SignedDuration::from_hours(24 * i64::from(self.after_days))
    }
}

/// What kind of thing a facility is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum FacilityKind {
    /// Something one walks through.
    Door,
    /// Something one works with.
    Tool,
}
