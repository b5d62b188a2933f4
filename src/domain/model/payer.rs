//! The member whose dues somebody pays without a reference: `payers/<id>.json`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::MemberId;

/// A payer as the bank names them, remembered once somebody has assigned one of their payments.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Payer {
    /// The name, or the text without its numbers if the bank gives no name.
    pub payer: String,
    /// The member who is credited.
    pub member: MemberId,
}
