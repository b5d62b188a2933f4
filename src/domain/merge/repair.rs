//! What records owe to one another after each was joined on its own.

use std::collections::{BTreeMap, BTreeSet};

use super::joined::{Joined, content};
use crate::domain::{
    model::{Change, CodeHash, Edit, Member, MemberId, Record, RecordPath, Slug, Tag},
    records::{Overlay, Records},
};

/// More than anybody has.
const ALL: usize = usize::MAX;

/// Mends what refers to something that the other side removed, and what two sides may not both have.
pub(super) fn repair(joined: &mut Joined<'_>) {
    let gone: Vec<RecordPath> = joined
        .change
        .edits
        .iter()
        .filter(|(_, edit)| matches!(edit, Edit::Remove))
        .map(|(path, _)| path.clone())
        .collect();
    for path in gone {
        match &path {
            RecordPath::Tier(name) => keep_tier(joined, name),
            RecordPath::Facility(name) => drop_facility(joined, name),
            RecordPath::Member(id) => drop_member(joined, *id),
            _ => {}
        }
    }
    // One look at all of them: what is mended in one record does not depend on the others.
    let records = joined.records();
    let mut mended: BTreeMap<RecordPath, Option<Record>> = BTreeMap::new();
    let mut notes = BTreeSet::new();
    for (path, edit) in &joined.change.edits {
        match (path, content(edit)) {
            (RecordPath::Member(_), Some(Record::Member(member))) => {
                if let Some(member) = mend_member(&records, member) {
                    mended.insert(path.clone(), Some(Record::Member(member)));
                }
            }
            (RecordPath::Credential(holder, tag), Some(Record::Credential(credential))) => {
                // It stays, since nobody revoked it: what a third side grants it has to find it there.
                if credential.grants.is_empty() {
                    let kind = credential.kind;
                    notes.insert(format!(
                        "nothing is left of what the {kind} {tag} of {holder} opened"
                    ));
                }
                for (holder, tag) in too_many(joined.base, &records, &credential.code) {
                    notes.insert(format!(
                        "both sides gave the same {} out: the credential {tag} of {holder} is revoked",
                        credential.kind
                    ));
                    mended.insert(RecordPath::Credential(holder, tag), None);
                }
            }
            _ => {}
        }
    }
    drop(records);
    for (path, record) in mended {
        match record {
            Some(record) => joined.put(path, record),
            None => joined.remove(path),
        }
    }
    notes.into_iter().for_each(|text| joined.note(text));
}

/// Keeps a tier that somebody is in.
fn keep_tier(joined: &mut Joined<'_>, name: &Slug) {
    let path = RecordPath::Tier(name.clone());
    if joined.records().members_of(name, 1).is_empty() {
        return;
    }
    if let Some(record) = joined.base.record(&path) {
        joined.put(path, record);
        joined.note(format!(
            "the tier {name} was removed on one side and is kept, since it has members"
        ));
    }
}

/// Drops what refers to a facility that was removed.
fn drop_facility(joined: &mut Joined<'_>, name: &Slug) {
    let records = joined.records();
    let (users, tags) = (records.users_of(name, ALL), records.requirements(name));
    let found: Vec<_> = users.into_iter().map(|it| (records.record(&it), it)).collect();
    drop(records);
    for (record, path) in found {
        match record {
            Some(Record::Credential(mut credential)) => {
                credential.grants.retain(|it| it.facility != *name);
                joined.put(path, Record::Credential(credential));
            }
            Some(Record::Facility(mut facility)) => {
                facility.inductions_first.retain(|it| it != name);
                joined.put(path, Record::Facility(facility));
            }
            _ => joined.remove(path),
        }
    }
    for tag in tags {
        joined.remove(RecordPath::Requirement(name.clone(), tag));
    }
}

/// Drops the rest of a member who was removed, unless somebody recorded a payment since: then the
/// member stays.
fn drop_member(joined: &mut Joined<'_>, id: MemberId) {
    let records = joined.records();
    let (within, children) = (records.within(id), records.children(id));
    drop(records);
    let is_new = |path: &RecordPath| {
        let is_payment = matches!(path, RecordPath::Payment(..));
        is_payment && joined.change.edits.get(path).is_some_and(|it| matches!(it, Edit::Put(_)))
    };
    if within.iter().any(is_new) {
        let removed = |change: &Change| {
            matches!(change.edits.get(&RecordPath::Member(id)), Some(Edit::Remove))
        };
        let kept = if removed(joined.ours) { joined.theirs } else { joined.ours };
        let side = Overlay::new(kept, joined.base);
        let folder: Vec<_> =
            side.within(id).into_iter().filter_map(|it| Some((side.record(&it)?, it))).collect();
        for (record, path) in folder {
            joined.put(path, record);
        }
        joined.note(format!(
            "member {id} was removed on one side and is kept, since a payment came in"
        ));
        return;
    }
    within.into_iter().for_each(|path| joined.remove(path));
    for child in children {
        if let Some(Record::Member(member)) = joined.records().record(&RecordPath::Member(child)) {
            joined
                .put(RecordPath::Member(child), Record::Member(Member { parent: None, ..member }));
        }
    }
    let edits = joined.change.edits.iter();
    let named: Vec<(RecordPath, Record)> = edits
        .filter_map(|(path, edit)| Some((path.clone(), content(edit)?.clone())))
        .filter(|(_, record)| match record {
            Record::Payer(it) => it.member == id,
            Record::Induction(it) => it.by == Some(id),
            _ => false,
        })
        .collect();
    for (path, record) in named {
        match record {
            Record::Induction(mut it) => {
                it.by = None;
                joined.put(path, Record::Induction(it));
            }
            _ => joined.remove(path),
        }
    }
}

/// Mends what two sides made of a member that cannot be together; `None` if nothing is wrong.
fn mend_member(records: &Overlay<'_>, member: &Member) -> Option<Member> {
    let mut mended = member.clone();
    if let Some(left) = mended.left.filter(|left| *left < mended.joined) {
        mended.joined = left;
    }
    if let Some(parent) = mended.parent {
        match records.record(&RecordPath::Member(parent)) {
            // Who answers for somebody has nobody who does: a chain that two sides made is cut.
            Some(Record::Member(above)) if above.parent.is_some() => mended.parent = None,
            None if !records.exists(&RecordPath::Member(parent)) => mended.parent = None,
            _ => {}
        }
    }
    (mended != *member).then_some(mended)
}

/// Returns the new credentials of all but one of the members who hold a code. What was wrong before is
/// left to a person: now nobody gets in by it.
fn too_many(base: &dyn Records, records: &Overlay<'_>, code: &CodeHash) -> Vec<(MemberId, Tag)> {
    let mut holders = records.holders(code);
    let is_new = |(id, tag): &(MemberId, Tag)| {
        let known = base.record(&RecordPath::Credential(*id, tag.clone()));
        !matches!(known, Some(Record::Credential(it)) if it.code == *code)
    };
    holders.sort_by_key(|it| (is_new(it), it.clone()));
    let keeper = holders.first().map(|(id, _)| *id);
    holders.retain(|it| Some(it.0) != keeper && is_new(it));
    holders
}
