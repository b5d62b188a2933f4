//! What the decision on a reading would be, without moving or recording anything.

use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    app::{AppError, why},
    domain::{
        access::{self, Demand, Reading},
        model::{
            AccessResult, Activity, CommitId, MemberId, Priority, Reason, Slug, SpaceKey, Tag,
        },
        records::{self, Records as _},
    },
    store::Revision,
};

/// What the decision on a reading would be.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct TriedReading {
    /// The moment.
    pub time: Timestamp,
    /// The facility.
    pub facility: Slug,
    /// The result.
    pub result: AccessResult,
    /// The reason.
    pub reason: Reason,
    /// Who it would be.
    pub member: Option<MemberId>,
    /// Their name.
    pub name: Option<String>,
    /// The credential that was matched.
    pub tag: Option<Tag>,
    /// Its priority.
    pub priority: Option<Priority>,
    /// The highest priority required.
    pub required: Option<Priority>,
    /// Whether the facility is held unlocked then.
    pub held: bool,
    /// The commit that it is decided by.
    pub commit: CommitId,
    /// Whether the answer is from the running door, whose answer is the one that counts.
    pub by_door: bool,
}

/// Decides by the records of a commit, which are so old.
#[must_use]
pub fn by_records(
    revision: &Revision<'_>,
    key: &SpaceKey,
    reading: &Reading,
    at: Timestamp,
    age: SignedDuration,
) -> TriedReading {
    let Reading { facility, side, code } = reading;
    let hash = code.hash(key);
    let holders = revision.holders(&hash).into_iter().map(|(id, _)| id).collect();
    let index = why::index_members(revision, holders, at);
    let decision = access::decide(&index, facility, *side, &hash, code.kind(), at);
    let decision = decision.by_records_of(age, &index, facility);
    let stale = index.stale_rule(facility, age).is_some();
    TriedReading {
        time: at,
        result: decision.result,
        reason: decision.reason,
        member: decision.member,
        name: decision.member.and_then(|id| records::name(revision, id)),
        tag: decision.tag.cloned(),
        priority: decision.priority,
        required: decision.required,
        held: !stale && index.demand(facility, at) == Demand::Held,
        commit: decision.commit,
        facility: facility.clone(),
        by_door: false,
    }
}

/// Reads the answer of a running door.
///
/// # Errors
/// Fails if it is not an answer.
pub fn by_door(
    answer: &serde_json::Value,
    revision: &Revision<'_>,
) -> Result<TriedReading, AppError> {
    let unreadable =
        |error| AppError::internal(format!("the door's answer cannot be read: {error}"));
    let it: Activity = serde_json::from_value(answer.clone()).map_err(unreadable)?;
    Ok(TriedReading {
        time: it.time,
        result: it.result,
        reason: it.reason,
        member: it.member,
        name: it.member.and_then(|id| records::name(revision, id)),
        tag: it.tag,
        priority: it.priority,
        required: it.required,
        held: answer["held"].as_bool().unwrap_or_default(),
        commit: it.commit,
        facility: it.facility,
        by_door: true,
    })
}
