//! Lets members into the sessions of a class, or no longer.

use jiff::Timestamp;

use super::Class;
use crate::domain::{
    model::{Change, Credential, Edit, MemberId, Note, Record, RecordPath, Slug, Subject, Tag},
    ops::{
        Plan, Planned, Refusal,
        credential::{self, Held},
        look_up,
    },
    records::Records,
};

/// Enrols members in a class: their fobs open its facility during each session that is not over.
///
/// Who cannot be enrolled is told in a note, and keeps nobody else out.
///
/// # Errors
/// Refuses if there is no such class, if it is over, or if nobody is newly enrolled.
pub fn enrol(records: &dyn Records, name: &Slug, members: &[MemberId], now: Timestamp) -> Planned {
    let class = Class::find(records, name)?;
    let to_come = class.sessions.iter().filter(|session| session.end > now);
    let grants: Vec<_> = to_come.map(|session| class.grant(*session)).collect();
    if grants.is_empty() {
        return Err(Refusal::new(format!("the last session of {name} is over")));
    }
    let (mut enrolled, mut notes) = (Vec::new(), Vec::<Note>::new());
    let (mut change, mut why_not) = (Change::new("", ""), None);
    for id in distinct(members) {
        match credential::grant(records, &Held::FobsOf(id), &grants) {
            Ok(plan) => {
                enrolled.push(id);
                notes.extend(plan.notes);
                change.edits.extend(plan.change.edits);
            }
            Err(refusal) => {
                notes.push(match &refusal.advice {
                    Some(advice) => Note::new(refusal.message.clone(), advice.clone()),
                    None => refusal.message.clone().into(),
                });
                why_not = Some(refusal);
            }
        }
    }
    if enrolled.is_empty() {
        return Err(why_not.unwrap_or_else(|| Refusal::new("nobody is named")));
    }
    finish(change, "class: enrol", &enrolled, "in", "class.enrol", name, notes)
}

/// Takes members out of a class.
///
/// # Errors
/// Refuses if there is no such class, or if none of them is enrolled.
pub fn withdraw(records: &dyn Records, name: &Slug, members: &[MemberId]) -> Planned {
    let class = Class::find(records, name)?;
    let (mut withdrawn, mut change) = (Vec::new(), Change::new("", ""));
    for (id, tag, held) in class.credentials(records) {
        if members.contains(&id) {
            let (path, edit) = without(&class, id, tag, held);
            change.edits.insert(path, edit);
            withdrawn.push(id);
        }
    }
    withdrawn.dedup();
    if withdrawn.is_empty() {
        let who = members.first().map_or_else(|| "nobody".into(), |id| look_up::who(records, *id));
        return Err(Refusal::unchanged(format_args!("{who} is not enrolled in {name}")));
    }
    finish(change, "class: withdraw", &withdrawn, "from", "class.withdraw", name, Vec::new())
}

/// Returns a credential without its grants for the sessions of a class.
pub(super) fn without(
    class: &Class,
    id: MemberId,
    tag: Tag,
    mut held: Credential,
) -> (RecordPath, Edit) {
    held.grants.retain(|it| !class.gave(it));
    let edit = match held.grants.is_empty() {
        true => Edit::Remove,
        false => Edit::Put(Box::new(Record::Credential(held))),
    };
    (RecordPath::Credential(id, tag), edit)
}

fn finish(
    mut change: Change,
    words: &'static str,
    members: &[MemberId],
    between: &'static str,
    trailer: &str,
    name: &Slug,
    notes: Vec<Note>,
) -> Planned {
    change.subject = Subject::new(words).all(members.iter().copied()).and(between).and(name);
    let ids: Vec<String> = members.iter().map(ToString::to_string).collect();
    change.trailer = format!("{trailer} {name} {}", ids.join(" "));
    Ok(Plan { change, notes })
}

fn distinct(members: &[MemberId]) -> Vec<MemberId> {
    let mut members = members.to_vec();
    members.sort();
    members.dedup();
    members
}
