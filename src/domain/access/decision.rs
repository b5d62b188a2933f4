//! What becomes of a reading, and all that is needed to repeat it.

use serde::{Deserialize, Serialize};

use crate::domain::model::{CommitId, MemberId, Outcome, Priority, Reason, Tag};

/// On which side of a facility a reader is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// Outside: who reads here wants in.
    #[default]
    Entry,
    /// Inside: who reads here goes out.
    Exit,
}

/// The answer to one reading.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Decision<'i> {
    /// Granted, denied or exit.
    pub result: Outcome,
    /// Why.
    pub reason: Reason,
    /// Whose credential it is; nobody where none or several hold it.
    pub member: Option<MemberId>,
    /// The credential that was matched: the one whose grant was compared, or came closest.
    pub tag: Option<&'i Tag>,
    /// The priority of that grant.
    pub priority: Option<Priority>,
    /// The highest priority required at the moment, where the question got that far.
    pub required: Option<Priority>,
    /// The commit from which the index was compiled.
    pub commit: CommitId,
}
