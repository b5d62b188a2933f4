//! The answer to a reading, with all that is needed to repeat the decision.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::model::{AccessResult, CommitId, MemberId, Priority, Reason, Tag};

/// Which side of a facility a reader is on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// Outside: whoever reads here wants in.
    #[default]
    Entry,
    /// Inside: whoever reads here is leaving.
    Exit,
}

/// The answer to one reading.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Decision<'i> {
    /// Granted, denied or exit.
    pub result: AccessResult,
    /// The reason for the result.
    pub reason: Reason,
    /// Whose credential it is; `None` if nobody or several members hold it.
    pub member: Option<MemberId>,
    /// The matching credential: the one whose grant was compared, or came closest.
    pub tag: Option<&'i Tag>,
    /// The priority of that grant.
    pub priority: Option<Priority>,
    /// The highest priority required at the moment, if the decision got that far.
    pub required: Option<Priority>,
    /// The commit that the index was compiled from.
    pub commit: CommitId,
}
