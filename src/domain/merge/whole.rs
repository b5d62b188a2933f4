//! Joins two sides of a whole space: each record, then what records owe to one another.

use std::collections::BTreeMap;

use super::{
    Question, accounts, hours,
    joined::{Joined, content},
    record, renumber, repair,
};
use crate::domain::{
    model::{Change, Edit, MemberId, Note, RecordPath},
    records::Records,
};

/// What two sides become.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Merge {
    /// What is to be written on top of their side; without a subject.
    pub change: Change,
    /// What a person should decide; until then, what grants less stands.
    pub questions: Vec<Question>,
    /// Our members who have another number now: the former and the new one.
    pub renumbered: BTreeMap<MemberId, MemberId>,
    /// What else both sides should know.
    pub notes: Vec<Note>,
}

/// Joins what both sides changed since `base`.
#[must_use]
pub fn merge(base: &dyn Records, ours: &Change, theirs: &Change) -> Merge {
    let renumbered = renumber::taken_twice(base, ours, theirs);
    let ours = renumber::renumbered(ours, &renumbered);
    let mut questions = Vec::new();
    let mut change = Change { edits: theirs.edits.clone(), ..Change::new("", "") };
    for (path, edit) in &ours.edits {
        let Some(other) = theirs.edits.get(path) else {
            change.edits.insert(path.clone(), edit.clone());
            continue;
        };
        let before = base.record(path);
        let mut joined = record(path, before.as_ref(), content(edit), content(other));
        questions.append(&mut joined.questions);
        let edit = joined.record.map_or(Edit::Remove, |it| Edit::Put(Box::new(it)));
        change.edits.insert(path.clone(), edit);
    }
    let mut joined = Joined { base, ours: &ours, theirs, change, notes: Vec::new() };
    repair::repair(&mut joined);
    hours::settle(&mut joined, &mut questions);
    accounts::settle(&mut joined);
    let Joined { mut change, notes, .. } = joined;
    change.edits.retain(|path, edit| match theirs.edits.get(path) {
        Some(known) => known != edit,
        None => match edit {
            Edit::Put(record) => base.record(path).as_ref() != Some(&**record),
            Edit::Remove => base.exists(path),
        },
    });
    questions.retain(|it| {
        let path = RecordPath::of(&it.path).ok().flatten();
        path.is_some_and(|path| !matches!(change.edits.get(&path), Some(Edit::Remove)))
    });
    Merge { change, questions, renumbered, notes }
}

/// Returns what is to be written on top of a change whose records were each joined by themselves, so
/// that they go together. If it is known what each side had changed, money that both recorded is found
/// as by [`merge`].
#[must_use]
pub fn mend(base: &dyn Records, change: &Change, sides: Option<[&Change; 2]>) -> Change {
    let before = change.edits.clone();
    // Else, whose payments are from two sides is not known: whoever got several is looked at.
    let nothing = Change::new("", "");
    let [ours, theirs] = sides.unwrap_or([change, &nothing]);
    let mut joined = Joined { base, ours, theirs, change: change.clone(), notes: Vec::new() };
    repair::repair(&mut joined);
    accounts::settle(&mut joined);
    let mut mended = joined.change;
    mended.edits.retain(|path, edit| match before.get(path) {
        Some(known) => known != edit,
        None => match edit {
            Edit::Put(record) => base.record(path).as_ref() != Some(&**record),
            Edit::Remove => base.exists(path),
        },
    });
    mended
}
