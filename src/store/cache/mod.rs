//! A derived file of all members, so that commands on a large space need not read every object.
//!
//! It is named by the id of the tree that it came from and verified by hashes. One that is stale is
//! brought forward by what changed since; one that is damaged is made anew.

mod bytes;
mod cursor;
mod row;

use std::{collections::BTreeSet, fs, path::PathBuf};

use git2::Oid;

use super::{Revision, Roster, Store, changes::compare, durable, key::private_dir, tree::Mode};
use crate::domain::model::MemberId;

/// Below so many members reading them all is quick enough.
const WORTH_IT: usize = 2_000;

/// So many changed members are re-read by each command before the file is written anew.
const STALE: usize = 500;

/// Loads all members, from the file where there is one.
pub(super) fn load(revision: &Revision<'_>) -> Roster {
    let Ok(Some((Mode::Folder, now))) = revision.find("members") else {
        return read(revision);
    };
    let Some((of, mut roster)) = fs::read(path(revision.store)).ok().and_then(bytes::decode) else {
        let roster = read(revision);
        if roster.members().len() >= WORTH_IT {
            write(revision, now, &roster);
        }
        return roster;
    };
    match behind(revision, of, now) {
        Some(changed) => {
            let stale = changed.len() >= STALE;
            patch(revision, &mut roster, changed);
            if stale {
                write(revision, now, &roster);
            }
            roster
        }
        None => {
            let roster = read(revision);
            write(revision, now, &roster);
            roster
        }
    }
}

fn read(revision: &Revision<'_>) -> Roster {
    let (members, findings) = revision.members(|folder| folder);
    Roster::new(members, findings)
}

/// Lists the members that differ between two trees of members; nothing if one cannot be read, or
/// something is amiss that belongs to no member.
fn behind(revision: &Revision<'_>, of: Oid, now: Oid) -> Option<BTreeSet<MemberId>> {
    let changes = compare(&revision.odb, Some(of), Some(now)).ok()?;
    changes.iter().map(|it| it.path.split('/').nth(1)?.parse().ok()).collect()
}

fn patch(revision: &Revision<'_>, roster: &mut Roster, changed: BTreeSet<MemberId>) {
    let (mut members, mut findings) = (Vec::with_capacity(changed.len()), Vec::new());
    for id in changed {
        let (folder, mut found) = revision.member(id);
        members.push((id, folder));
        findings.append(&mut found);
    }
    roster.patch(members, findings);
}

/// Writes the file, if these are the members of the newest commit. That it fails is no matter.
fn write(revision: &Revision<'_>, of: Oid, roster: &Roster) {
    let store = revision.store;
    if store.alone || store.newest().ok() != Some(revision.id()) {
        return;
    }
    let path = path(store);
    if let Some(bytes) = bytes::encode(of, roster)
        && path.parent().is_some_and(|folder| private_dir(folder).is_ok())
    {
        let _ = durable::replace(&path, &path.with_extension("new"), &bytes);
    }
}

fn path(store: &Store) -> PathBuf {
    store.dir().join("cache/members")
}
