//! The differences between two trees, descending only where their ids differ.

use std::sync::Arc;

use git2::Oid;

use crate::{
    domain::model::RecordPath,
    store::objects::{
        damage::Torn,
        database::Database,
        recent::Recent,
        tree::{Mode, TreeEntry},
    },
};

/// The maximum depth of folders; records lie at most five deep.
pub(in crate::store) const DEEPEST: usize = 32;

/// One file that differs between two commits.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Changed {
    /// Its path from the top of the data folder; invalid UTF-8 is replaced.
    pub path: String,
    /// Which record it is, if it is one.
    pub record_path: Option<RecordPath>,
    /// Its content in the older commit, if it existed.
    pub old: Option<Oid>,
    /// Its content in the newer commit, if it exists.
    pub new: Option<Oid>,
}

/// Lists the files that differ between two trees, sorted by path.
pub(in crate::store) fn compare(
    recent: &mut Recent,
    database: Database<'_>,
    old: Option<Oid>,
    new: Option<Oid>,
) -> Result<Vec<Changed>, Torn> {
    let mut changes = Vec::new();
    descend((recent, database), "", old, new, &mut changes)?;
    Ok(changes)
}

fn descend(
    (recent, database): (&mut Recent, Database<'_>),
    path: &str,
    old: Option<Oid>,
    new: Option<Oid>,
    changes: &mut Vec<Changed>,
) -> Result<(), Torn> {
    if old == new {
        return Ok(());
    }
    let mut read = |id: Option<Oid>, newer| match id {
        Some(id) => recent.read(database, id).map_err(|damage| Torn {
            path: path.to_owned(),
            newer,
            damage,
        }),
        None => Ok(Arc::default()),
    };
    // The newer first: if both are damaged, that is the one to repair.
    let new = read(new, true)?;
    let old = read(old, false)?;
    let (mut old_entries, mut new_entries) = (old.entries().peekable(), new.entries().peekable());
    loop {
        let order = match (old_entries.peek(), new_entries.peek()) {
            (None, None) => return Ok(()),
            (Some(_), None) => std::cmp::Ordering::Less,
            (None, Some(_)) => std::cmp::Ordering::Greater,
            (Some(old), Some(new)) => old.order(new),
        };
        let old = if order.is_le() { old_entries.next() } else { None };
        let new = if order.is_ge() { new_entries.next() } else { None };
        if let Some(either) = old.or(new) {
            compare_entry((recent, database), path, &either, old, new, changes)?;
        }
    }
}

fn compare_entry(
    (recent, database): (&mut Recent, Database<'_>),
    above: &str,
    either: &TreeEntry<'_>,
    old: Option<TreeEntry<'_>>,
    new: Option<TreeEntry<'_>>,
    changes: &mut Vec<Changed>,
) -> Result<(), Torn> {
    if old == new {
        return Ok(());
    }
    let path = if above.is_empty() {
        either.shown().into_owned()
    } else {
        format!("{above}/{}", either.shown())
    };
    let (old, new) = (old.map(|entry| entry.id), new.map(|entry| entry.id));
    let record_path = RecordPath::of(&path).ok().flatten();
    // No record lies that deep, so a deeper tree is not followed.
    if either.mode != Mode::Folder || path.split('/').count() >= DEEPEST {
        changes.push(Changed { path, record_path, old, new });
        return Ok(());
    }
    if record_path.is_some() && new.is_some() {
        // A folder in the place of a record is an error, even if it is empty.
        changes.push(Changed { path: path.clone(), record_path, old: None, new });
    }
    descend((recent, database), &path, old, new, changes)
}
