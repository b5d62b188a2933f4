//! Gives another number to somebody whose number was given to somebody else on the other side.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{
    model::{Change, Edit, Member, MemberId, Record, RecordPath},
    records::Records,
};

/// The numbers that were given twice, and those that our members get instead.
pub(super) fn taken_twice(
    base: &dyn Records,
    ours: &Change,
    theirs: &Change,
) -> BTreeMap<MemberId, MemberId> {
    let added = |change: &Change| -> BTreeMap<MemberId, Member> {
        let edits = change.edits.iter().filter(|(path, _)| !base.exists(path));
        edits
            .filter_map(|(path, edit)| match (path, edit) {
                (RecordPath::Member(id), Edit::Put(record)) => match &**record {
                    Record::Member(member) => Some((*id, member.clone())),
                    _ => None,
                },
                _ => None,
            })
            .collect()
    };
    let (mine, others) = (added(ours), added(theirs));
    // Who has the same number and the same name on both sides is one person.
    let folded = |member: &Member| member.name.trim().to_lowercase();
    let twice: BTreeSet<MemberId> = mine
        .iter()
        .filter(|(id, it)| others.get(id).is_some_and(|other| folded(it) != folded(other)))
        .map(|(id, _)| *id)
        .collect();
    let numbers = ours.edits.keys().chain(theirs.edits.keys()).filter_map(RecordPath::member);
    let kept = [ours, theirs].into_iter().filter_map(next_member);
    let mut next = numbers.map(MemberId::number).chain(kept).max().unwrap_or_default();
    let mut given = BTreeMap::new();
    for id in twice {
        loop {
            next += 1;
            let Ok(free) = MemberId::new(next) else { return given };
            if base.within(free).is_empty() {
                given.insert(id, free);
                break;
            }
        }
    }
    given
}

/// Returns the number before the lowest that the settings have for the next member.
fn next_member(change: &Change) -> Option<u64> {
    match change.edits.get(&RecordPath::Space) {
        Some(Edit::Put(record)) => match &**record {
            Record::Space(space) => Some(space.next_member?.number().saturating_sub(1)),
            _ => None,
        },
        _ => None,
    }
}

/// Returns a change with other numbers for the members that it adds, wherever it names them.
pub(super) fn renumbered(change: &Change, numbers: &BTreeMap<MemberId, MemberId>) -> Change {
    if numbers.is_empty() {
        return change.clone();
    }
    let mut new = Change { edits: BTreeMap::new(), ..change.clone() };
    for (path, edit) in &change.edits {
        let edit = match edit {
            Edit::Put(record) => {
                let mut record = record.clone();
                refer(&mut record, numbers);
                Edit::Put(record)
            }
            Edit::Remove => Edit::Remove,
        };
        new.edits.insert(place(path, numbers), edit);
    }
    new
}

fn place(path: &RecordPath, numbers: &BTreeMap<MemberId, MemberId>) -> RecordPath {
    let of = |id: &MemberId| numbers.get(id).copied().unwrap_or(*id);
    match path.clone() {
        RecordPath::Member(id) => RecordPath::Member(of(&id)),
        RecordPath::Contact(id) => RecordPath::Contact(of(&id)),
        RecordPath::Credential(id, tag) => RecordPath::Credential(of(&id), tag),
        RecordPath::Induction(id, facility) => RecordPath::Induction(of(&id), facility),
        RecordPath::Payment(id, name) => RecordPath::Payment(of(&id), name),
        RecordPath::Notice(id, kind) => RecordPath::Notice(of(&id), kind),
        RecordPath::MemberMessages(id) => RecordPath::MemberMessages(of(&id)),
        other @ (RecordPath::Space
        | RecordPath::Tier(_)
        | RecordPath::Facility(_)
        | RecordPath::Requirement(..)
        | RecordPath::Unmatched(..)
        | RecordPath::Payer(_)
        | RecordPath::Profile(_)
        | RecordPath::SpaceNotice(_)
        | RecordPath::Template(..)
        | RecordPath::TranslatedTemplate(..)
        | RecordPath::TagMessages(_)
        | RecordPath::Meter(_)
        | RecordPath::Zone(_)
        | RecordPath::Channel(_)) => other,
    }
}

fn refer(record: &mut Record, numbers: &BTreeMap<MemberId, MemberId>) {
    let of = |id: &mut MemberId| *id = numbers.get(id).copied().unwrap_or(*id);
    match record {
        Record::Member(it) => it.parent.iter_mut().for_each(of),
        Record::Induction(it) => it.by.iter_mut().for_each(of),
        Record::Payer(it) => of(&mut it.member),
        Record::Unmatched(it) => it.failed.iter_mut().for_each(|it| of(&mut it.member)),
        Record::Payment(it) => it.split.iter_mut().for_each(|part| of(&mut part.member)),
        Record::Space(_)
        | Record::Tier(_)
        | Record::Facility(_)
        | Record::Requirement(_)
        | Record::Contact(_)
        | Record::Credential(_)
        | Record::Notice(_)
        | Record::Profile(_)
        | Record::SpaceNotice(_)
        | Record::Template(_)
        | Record::TranslatedTemplate(_)
        | Record::TagMessages(_)
        | Record::MemberMessages(_)
        | Record::Meter(_)
        | Record::Zone(_)
        | Record::Channel(_) => {}
    }
}
