//! Whose payments somebody makes without a reference: `payers/<id>.json`.

use serde::{Deserialize, Serialize};

use super::MemberId;

/// A payer as the bank names them, remembered since somebody assigned a payment of theirs.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Payer {
    /// The name, or what the text says without numbers where the bank gives none.
    pub payer: String,
    /// The member who is credited.
    pub member: MemberId,
}
