//! A derived file of all members, so that commands on a large space need not read every object.
//!
//! It is named by the id of the tree that it came from and verified by hashes. One that is stale is
//! brought forward by what changed since; one that is damaged is made anew.

use std::{collections::BTreeSet, path::PathBuf, sync::Arc};

use git2::Oid;

use super::{
    Revision, Roster, Store, StoreError,
    changes::compare,
    durable,
    key::private_dir,
    roster::{file, part::Parts},
    tree::Mode,
};
use crate::domain::model::{CommitId, MemberId};

/// Below so many members reading them all is quick enough.
const WORTH_IT: usize = 2_000;

/// So many changed members are re-read by each command before the file is written anew.
const STALE: usize = 500;

impl Revision<'_> {
    /// Returns all members: those that the store still knows, brought here from another commit, or
    /// from the cache of a large space, or all of them read.
    #[must_use]
    pub fn roster(&self) -> Arc<Roster> {
        let mut kept = self.store.kept.borrow_mut();
        if let Some((commit, roster)) = &mut *kept
            && (*commit == self.id || self.bring(roster, *commit).is_ok())
        {
            *commit = self.id;
            return Arc::clone(roster);
        }
        let roster = Arc::new(load(self));
        *kept = Some((self.id, Arc::clone(&roster)));
        roster
    }

    fn bring(&self, roster: &mut Arc<Roster>, from: CommitId) -> Result<(), StoreError> {
        let delta = self.delta(from)?;
        if delta.members.is_empty() {
            return Ok(());
        }
        Arc::make_mut(roster).patch(delta.members, delta.findings);
        Ok(())
    }
}

/// Loads all members, from the file where there is one.
fn load(revision: &Revision<'_>) -> Roster {
    let Ok(Some((Mode::Folder, now))) = revision.find("members") else {
        return read(revision);
    };
    let Some((of, parts, findings)) = file::read(&path(revision.store)) else {
        let roster = read(revision);
        if roster.len() >= WORTH_IT {
            write(revision, now, &roster);
        }
        return roster;
    };
    let mut roster = Roster::new(parts, findings);
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
    let mut parts = Parts::default();
    let findings = revision.each_member(|folder| folder, |folder| parts.add(&folder));
    Roster::new(parts.finish(), findings)
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
    if let Some(bytes) = file::bytes(of, roster.parts(), roster.findings())
        && path.parent().is_some_and(|folder| private_dir(folder).is_ok())
    {
        let _ = durable::replace(&path, &path.with_extension("new"), &bytes);
    }
}

fn path(store: &Store) -> PathBuf {
    store.dir().join("cache/members")
}
