//! A derived file of all members, so that commands on a large space need not read every object.
//!
//! It is named by the id of the tree that it came from and verified by hashes. One that is stale is
//! brought forward by what changed since; one that is damaged is made anew.

use std::{
    collections::{BTreeSet, HashMap},
    path::PathBuf,
    sync::Arc,
};

use git2::Oid;

use super::{
    Revision, Roster, Store, StoreError,
    changes::compare,
    database::Database,
    durable,
    key::private_dir,
    roster::{file, part::Parts},
    tree::{self, Entry, Mode},
};
use crate::domain::model::{CommitId, MemberId};

/// Below so many members reading them all is quick enough.
const WORTH_IT: usize = 2_000;

/// So many changed members are re-read by each command before the file is written anew.
const STALE: usize = 500;

/// So many names of tiers and facilities have the same number in every part.
const NAMES: usize = 100;

impl Revision<'_> {
    /// Returns all members: those that the store still knows, brought here from another commit, or
    /// from the cache of a large space, or all of them read.
    #[must_use]
    pub fn roster(&self) -> Arc<Roster> {
        let mut kept = self.store.kept.borrow_mut();
        let mut far = false;
        if let Some((commit, roster)) = &mut *kept {
            far = *commit != self.id && self.is_far(*commit, roster.len());
            if *commit == self.id || (!far && self.bring(roster, *commit).is_ok()) {
                *commit = self.id;
                return Arc::clone(roster);
            }
        }
        let roster = Arc::new(if far { read(self) } else { load(self) });
        *kept = Some((self.id, Arc::clone(&roster)));
        roster
    }

    /// Tells whether so many members differ from another commit that it is quicker to read all of
    /// them, on every core, than those one by one.
    fn is_far(&self, from: CommitId, members: usize) -> bool {
        let most = STALE.max(members / 16);
        let differ = || {
            let before = self.store.find(self.store.tree_of(from).ok()?, "members").ok()??;
            let now = self.find("members").ok()??;
            let mut count = 0;
            for (old, new) in differing(&self.database, before.1, now.1)? {
                count += differing(&self.database, old, new)?.len();
                if count > most {
                    break;
                }
            }
            Some(count)
        };
        differ().is_some_and(|count| count > most)
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

/// Lists the folders that two trees have in common and that differ; nothing if one is no tree.
fn differing(database: &Database<'_>, old: Oid, new: Oid) -> Option<Vec<(Oid, Oid)>> {
    let (old, new) = (database.read(old).ok()?, database.read(new).ok()?);
    let before: HashMap<&[u8], Oid> =
        tree::entries(&old.bytes).map(|entry| (entry.name, entry.id)).collect();
    let pair = |entry: Entry<'_>| Some((*before.get(entry.name)?, entry.id));
    Some(tree::entries(&new.bytes).filter_map(pair).filter(|(old, new)| old != new).collect())
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
    let mut names = [revision.names("tiers", ".json"), revision.names("facilities", "")].concat();
    names.truncate(NAMES); // each part has them all
    let begin = || Parts::of(&names);
    let mut parts = begin();
    let findings = revision.each_bucket(
        begin,
        |some, folder| some.add(&folder),
        |some| some.finish().iter().for_each(|part| parts.append(part)),
    );
    Roster::new(parts.finish(), findings)
}

/// Lists the members that differ between two trees of members; nothing if one cannot be read, or
/// something is amiss that belongs to no member.
fn behind(revision: &Revision<'_>, of: Oid, now: Oid) -> Option<BTreeSet<MemberId>> {
    let changes =
        compare(&mut revision.store.trail.borrow_mut(), &revision.database, Some(of), Some(now))
            .ok()?;
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
