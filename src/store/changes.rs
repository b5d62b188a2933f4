//! What differs between two commits, found by comparing their trees.

use std::{collections::BTreeSet, sync::Arc};

use git2::Oid;

use super::{
    Revision, StoreError,
    database::Database,
    files::DEEPEST,
    tree::{self, Entry, Mode, Trail},
};
use crate::domain::model::{CommitId, Finding, MemberFolder, MemberId, Place};

/// One file that differs between two commits.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Changed {
    /// Its path from the top of the data folder; what is no UTF-8 is replaced.
    pub path: String,
    /// Which record it is, if it is one.
    pub place: Option<Place>,
    /// Its content in the older commit, if it was there.
    pub old: Option<Oid>,
    /// Its content in the newer commit, if it is there.
    pub new: Option<Oid>,
}

/// What a commit changed for access, re-read.
#[derive(Debug)]
pub struct Delta {
    /// Whether anything outside the members' folders changed, so that [`Revision::basis`] has to
    /// be read again.
    pub basis: bool,
    /// The members whose folders changed, as they are now; nothing for one whose folder is gone.
    pub members: Vec<(MemberId, Option<MemberFolder>)>,
    /// What could not be read of these.
    pub findings: Vec<Finding>,
}

impl Revision<'_> {
    /// Compares with another commit, descending only where the trees differ.
    ///
    /// # Errors
    /// A tree cannot be read.
    pub fn changes_since(&self, older: CommitId) -> Result<Vec<Changed>, StoreError> {
        let before = self.store.tree_of(older)?;
        let mut trail = self.store.trail.borrow_mut();
        compare(&mut trail, &self.database, Some(before), Some(self.tree))
            .map_err(self.store.git("compare trees"))
    }

    /// Re-reads what changed for access since another commit, and nothing else.
    ///
    /// # Errors
    /// A tree cannot be read.
    pub fn delta(&self, older: CommitId) -> Result<Delta, StoreError> {
        let mut delta = Delta { basis: false, members: Vec::new(), findings: Vec::new() };
        let mut touched = BTreeSet::new();
        for changed in self.changes_since(older)? {
            if changed.path.starts_with("members/") {
                touched.extend(owner(&changed.path));
            } else {
                delta.basis |= !changed.path.starts_with("unmatched/");
            }
        }
        for id in touched {
            let (folder, mut findings) = self.member(id);
            delta.members.push((id, folder));
            delta.findings.append(&mut findings);
        }
        Ok(delta)
    }
}

/// Returns the member in whose folder a path lies, whatever the file is.
fn owner(path: &str) -> Option<MemberId> {
    path.split('/').nth(2)?.parse().ok()
}

/// Lists the files that differ between two trees, sorted by path.
pub(super) fn compare(
    trail: &mut Trail,
    database: &Database<'_>,
    old: Option<Oid>,
    new: Option<Oid>,
) -> Result<Vec<Changed>, git2::Error> {
    let mut changes = Vec::new();
    descend((trail, database), "", old, new, &mut changes)?;
    Ok(changes)
}

fn descend(
    (trail, database): (&mut Trail, &Database<'_>),
    path: &str,
    old: Option<Oid>,
    new: Option<Oid>,
    changes: &mut Vec<Changed>,
) -> Result<(), git2::Error> {
    if old == new {
        return Ok(());
    }
    let depth = path.split('/').filter(|name| !name.is_empty()).count();
    // The older one first: it was the newer one when it was looked at last.
    let mut read = |id: Option<Oid>| match id {
        Some(id) => trail.read(database, depth, id),
        None => Ok(Arc::default()),
    };
    let (old, new) = (read(old)?, read(new)?);
    let mut olds = tree::entries(&old).peekable();
    let mut news = tree::entries(&new).peekable();
    loop {
        let order = match (olds.peek(), news.peek()) {
            (None, None) => return Ok(()),
            (Some(_), None) => std::cmp::Ordering::Less,
            (None, Some(_)) => std::cmp::Ordering::Greater,
            (Some(old), Some(new)) => old.order(new),
        };
        let old = if order.is_le() { olds.next() } else { None };
        let new = if order.is_ge() { news.next() } else { None };
        if let Some(either) = old.or(new) {
            note((trail, database), path, &either, old, new, changes)?;
        }
    }
}

fn note(
    (trail, database): (&mut Trail, &Database<'_>),
    above: &str,
    either: &Entry<'_>,
    old: Option<Entry<'_>>,
    new: Option<Entry<'_>>,
    changes: &mut Vec<Changed>,
) -> Result<(), git2::Error> {
    if old == new {
        return Ok(());
    }
    let path = if above.is_empty() {
        either.shown().into_owned()
    } else {
        format!("{above}/{}", either.shown())
    };
    let (old, new) = (old.map(|entry| entry.id), new.map(|entry| entry.id));
    // Records lie less deep; whoever made a tree deeper than that is not followed.
    if either.mode == Mode::Folder && path.split('/').count() < DEEPEST {
        return descend((trail, database), &path, old, new, changes);
    }
    let place = Place::of(&path).ok().flatten();
    changes.push(Changed { path, place, old, new });
    Ok(())
}
