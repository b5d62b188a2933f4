//! Turns what happened at a facility into activities for a journal.

use jiff::{SignedDuration, Timestamp};

use super::{Index, Side, decide};
use crate::domain::model::{AccessResult, Activity, Code, CodeHash, CommitId, Reason, Slug};

/// Makes an activity that involves no credential.
#[must_use]
pub fn incident(
    index: Option<&Index>,
    facility: &Slug,
    reason: Reason,
    now: Timestamp,
) -> Activity {
    let result = match reason {
        Reason::RequestToExit => AccessResult::Exit,
        operation if operation.is_operation() => AccessResult::Operated,
        _ => AccessResult::Denied,
    };
    let commit = index.map_or_else(CommitId::default, Index::commit);
    Activity { commit, ..Activity::new(now, facility.clone(), result, reason) }
}

/// Decides on a reading by records of an age, and returns the activity. Without an index, everybody is
/// denied.
#[must_use]
pub fn attempt(
    index: Option<(&Index, CodeHash)>,
    facility: &Slug,
    side: Side,
    code: &Code,
    now: Timestamp,
    age: SignedDuration,
) -> Activity {
    let Some((index, hash)) = index else {
        let exit = side == Side::Exit;
        let reason = if exit { Reason::Exit } else { Reason::UnreadableFacility };
        let result = if exit { AccessResult::Exit } else { AccessResult::Denied };
        let kind = Some(code.kind());
        return Activity { kind, result, ..incident(None, facility, reason, now) };
    };
    let decision = decide(index, facility, side, &hash, code.kind(), now);
    let decision = decision.by_records_of(age, index, facility);
    let unknown = decision.reason == Reason::UnknownCredential;
    Activity {
        member: decision.member,
        result: decision.result,
        tag: decision.tag.cloned(),
        kind: Some(code.kind()),
        fob: code.loggable().filter(|_| unknown).map(str::to_owned),
        priority: decision.priority,
        required: decision.required,
        ..incident(Some(index), facility, decision.reason, now)
    }
}
