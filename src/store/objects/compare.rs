//! The differences between two trees, descending only where their ids differ.

use std::sync::Arc;

use git2::Oid;

use crate::{
    domain::model::{RecordPath, record_path},
    store::objects::{
        damage::{Damage, DamagedFolder},
        database::Database,
        recent::Recent,
        tree::{Mode, TreeEntry},
    },
};

/// One file that differs between two commits, or one folder in which no records lie.
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

/// Lists the files that differ between two trees, sorted by path. A folder in which no records lie is
/// listed itself. More than `most` are an error.
pub(in crate::store) fn compare(
    recent: &mut Recent,
    database: Database<'_>,
    old: Option<Oid>,
    new: Option<Oid>,
    most: usize,
) -> Result<Vec<Changed>, DamagedFolder> {
    let mut changes = Changes { found: Vec::new(), most };
    descend((recent, database), "", old, new, &mut changes)?;
    Ok(changes.found)
}

struct Changes {
    found: Vec<Changed>,
    most: usize,
}

impl Changes {
    fn push(&mut self, changed: Changed) -> Result<(), DamagedFolder> {
        if self.found.len() >= self.most {
            let message = format!("more than {} files differ", self.most);
            let damage = Damage::Lost(git2::Error::from_str(&message));
            return Err(DamagedFolder { path: String::new(), newer: true, damage });
        }
        self.found.push(changed);
        Ok(())
    }
}

fn descend(
    (recent, database): (&mut Recent, Database<'_>),
    path: &str,
    old: Option<Oid>,
    new: Option<Oid>,
    changes: &mut Changes,
) -> Result<(), DamagedFolder> {
    if old == new {
        return Ok(());
    }
    let mut read = |id: Option<Oid>, newer| match id {
        Some(id) => recent.read(database, id).map_err(|damage| DamagedFolder {
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
    changes: &mut Changes,
) -> Result<(), DamagedFolder> {
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
    if either.mode != Mode::Folder {
        return changes.push(Changed { path, record_path, old, new });
    }
    if record_path::holds(&path) {
        return descend((recent, database), &path, old, new, changes);
    }
    match (&record_path, new) {
        (None, _) => changes.push(Changed { path, record_path, old, new }),
        // A folder in the place of a record is an error, and not a former record.
        (Some(_), Some(_)) => changes.push(Changed { path, record_path, old: None, new }),
        (Some(_), None) => Ok(()),
    }
}
