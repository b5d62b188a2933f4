//! `set-requirement` and `revoke-requirement` (requirements.md D-79 to D-82).

use jiff::Timestamp;

use super::{
    given_tag::GivenTag,
    memory::TagMemory,
    request::SetRequirement,
    step::{Judged, Obstacle, Step},
};
use crate::domain::{
    model::{Change, Record, RecordPath, Requirement, Tag},
    ops::{self, Field, requirement::Set},
    records::{Records, zone},
    schedule::Timespec,
};

/// Sets the requirement with a tag, or adds it. The message that was sent last counts.
pub(super) fn set(records: &dyn Records, request: &SetRequirement, sent: Timestamp) -> Judged {
    evaluable(records, &request.timespec)?;
    let tag = request.tag.on_record(records);
    let mut memory = TagMemory::of(records, tag)?;
    // Of two that were sent at the same moment, the one that revokes counts.
    let last = memory.now.requirement_set.max(memory.now.requirement_revoked);
    if let Some(last) = last.filter(|last| sent <= *last) {
        return Ok(overtaken(tag, sent, last));
    }
    memory.now.requirement_set = Some(sent);
    let SetRequirement { facility, priority, description, timespec, .. } = request;
    let wanted = |arm| Requirement {
        priority: *priority,
        description: description.clone(),
        arm,
        timespec: timespec.clone(),
    };
    let path = RecordPath::Requirement(facility.clone(), tag.clone());
    if let Some(Record::Requirement(now)) = records.record(&path)
        && now == wanted(now.arm)
    {
        let why = format!("{facility} already has this requirement");
        return Ok(Step::unchanged(why, memory.remember(Change::new("", ""))));
    }
    let set = Set {
        tag: tag.clone(),
        facility: Some(facility.clone()),
        priority: Some(*priority),
        timespec: Some(timespec.clone()),
        description: description.clone().map_or(Field::Clear, Field::Set),
        arm: Field::Keep,
    };
    let plan = ops::requirement::set(records, set)
        .map_err(|refusal| Obstacle::Invalid(refusal.message))?;
    let change = memory.remember(plan.change);
    Ok(Step { notes: plan.notes, ..Step::changing(change) })
}

/// Revokes the requirement with a tag. If there is none, that is remembered: a message that set it
/// may come later.
pub(super) fn revoke(records: &dyn Records, tag: &GivenTag, sent: Timestamp) -> Judged {
    let tag = tag.on_record(records);
    let mut memory = TagMemory::of(records, tag)?;
    let set = memory.now.requirement_set.filter(|set| sent < *set);
    let revoked = memory.now.requirement_revoked.filter(|revoked| sent <= *revoked);
    if let Some(last) = set.max(revoked) {
        return Ok(overtaken(tag, sent, last));
    }
    memory.now.requirement_revoked = Some(sent);
    Ok(match ops::requirement::revoke(records, tag) {
        Ok(plan) => {
            let change = memory.remember(plan.change);
            Step { notes: plan.notes, ..Step::changing(change) }
        }
        Err(nothing) => Step::unchanged(nothing.message, memory.remember(Change::new("", ""))),
    })
}

fn overtaken(tag: &Tag, sent: Timestamp, last: Timestamp) -> Step {
    let why = match sent == last {
        true => format!("a message about {tag} that was sent at the same moment is applied"),
        false => format!("a message about {tag} that was sent later, on {last}, counts instead"),
    };
    Step::unchanged(why, Change::new("", ""))
}

/// Refuses a timespec that cannot be evaluated, as a check would, but in the words of messages.
fn evaluable(records: &dyn Records, timespec: &str) -> Result<(), Obstacle> {
    match Timespec::parse(timespec, &zone(records)) {
        Ok(_) => Ok(()),
        Err(refusal) => {
            let at = refusal.line.map(|line| format!(", line {line} of the calendar"));
            let at = at.unwrap_or_default();
            Err(Obstacle::Invalid(format!("`timespec`{at}: {}", refusal.message)))
        }
    }
}
