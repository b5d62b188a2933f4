//! Leave to use a facility, and who gave it: `members/00/0042/inductions/<facility>.json`.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::MemberId;

/// States that a member was shown how to use the facility that the file is named after.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Induction {
    /// The day it was given, local date.
    pub on: Date,
    /// Who gave it; `null` if that was not recorded.
    #[serde(default)]
    pub by: Option<MemberId>,
    /// Whether this member may induct others.
    #[serde(default)]
    pub inductor: bool,
}
