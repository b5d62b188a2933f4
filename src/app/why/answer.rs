//! The answer for one member and one facility, for a person or a program.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use super::steps::Step;
use crate::domain::model::{AccessResult, CommitId, MemberId, Reason, Slug, Subject};

/// Whether a member may open a facility, and everything that led to it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct Answer {
    /// The member.
    pub member: MemberId,
    /// The facility.
    pub facility: Slug,
    /// The moment.
    pub at: Timestamp,
    /// The commit whose records were asked.
    pub commit: CommitId,
    /// How it is known that this commit was in force then; `None` if the question is not about the
    /// past.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<&'static str>,
    /// Granted or denied.
    pub result: AccessResult,
    /// The reason; `None` without a credential.
    pub reason: Option<Reason>,
    /// The priority of the grant that counts.
    pub priority: Option<i32>,
    /// The highest priority required, if the decision got that far.
    pub required: Option<i32>,
    /// Whether the facility is held unlocked.
    pub held: bool,
    /// The rules, in the order of application.
    pub steps: Vec<Step>,
    /// The commits that it depends on.
    pub changes: Vec<DecidingCommit>,
}

/// A commit that the answer depends on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct DecidingCommit {
    /// The commit.
    pub commit: CommitId,
    /// When it was made.
    pub time: Timestamp,
    /// Who made it.
    pub author: String,
    /// What it changed, with numbers in place of names.
    pub subject: Subject,
    /// The same for programs: with the ids of the messages that led to it, if any did.
    pub change: Option<String>,
    /// The same in words, with names.
    #[serde(skip)]
    pub what: String,
    /// When it was made, for people.
    #[serde(skip)]
    pub when: String,
}
