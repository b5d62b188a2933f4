//! The priority that a facility demands, and when: `facilities/frontdoor/requirements/<tag>.json`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Priority;

/// The priority that a facility demands at certain times (requirements.md D-40).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    /// The priority required for access; below zero, the facility is held unlocked.
    pub priority: Priority,
    /// The purpose, in words.
    #[serde(default)]
    pub description: Option<String>,
    /// When the hold begins, if not with the event.
    #[serde(default)]
    pub arm: Option<Arm>,
    /// `always`, or the text of a complete iCalendar, stored verbatim.
    pub timespec: String,
}

/// What has to happen before a requirement below zero holds its facility unlocked.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Arm {
    /// Somebody has been granted access within the same event.
    FirstGrant,
}
