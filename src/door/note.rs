//! Turns what happened into activities for the journal.

use jiff::Timestamp;

use crate::{
    config::Wire,
    control::Order,
    domain::{
        access::{Index, Side, decide},
        model::{AccessResult, Activity, Code, CodeHash, CommitId, Reason, Slug},
    },
};

/// Makes an activity that involves no credential.
pub(super) fn activity(
    index: Option<&Index>,
    facility: &Slug,
    reason: Reason,
    now: Timestamp,
) -> Activity {
    let result = match reason {
        Reason::RequestToExit => AccessResult::Exit,
        manual if manual.is_manual() => AccessResult::Operated,
        _ => AccessResult::Denied,
    };
    let commit = index.map_or_else(CommitId::default, Index::commit);
    Activity { commit, ..Activity::new(now, facility.clone(), result, reason) }
}

/// Decides on a reading, and returns the activity. Without an index, everybody is denied.
pub(super) fn reading(
    index: Option<(&Index, CodeHash)>,
    facility: &Slug,
    side: Side,
    code: &Code,
    now: Timestamp,
) -> Activity {
    let Some((index, hash)) = index else {
        let exit = side == Side::Exit;
        let reason = if exit { Reason::Exit } else { Reason::UnreadableFacility };
        let result = if exit { AccessResult::Exit } else { AccessResult::Denied };
        let kind = Some(code.kind());
        return Activity { kind, result, ..activity(None, facility, reason, now) };
    };
    let decision = decide(index, facility, side, &hash, code.kind(), now);
    let unknown = decision.reason == Reason::UnknownCredential;
    Activity {
        member: decision.member,
        result: decision.result,
        tag: decision.tag.cloned(),
        kind: Some(code.kind()),
        fob: code.loggable().filter(|_| unknown).map(str::to_owned),
        priority: decision.priority,
        required: decision.required,
        ..activity(Some(index), facility, decision.reason, now)
    }
}

/// Adds the reader or device that reported it.
pub(super) fn with_reader(activity: Activity, wire: Option<&Wire>) -> Activity {
    Activity { reader: wire.map(ToString::to_string), ..activity }
}

/// Returns the reason recorded for something done by hand.
pub(super) const fn manual_reason(order: Order) -> Reason {
    match order {
        Order::Unlock(_) => Reason::ManualUnlock,
        Order::Hold(_) => Reason::ManualHold,
        Order::Lock => Reason::ManualLock,
        Order::Release => Reason::ManualRelease,
    }
}
