//! Whether every folder with records is as git writes it, remembered by the tree of which it is so.
//!
//! A comparison sees the folders that differ alone, and the door reads none that decides nothing. So
//! the whole is looked at once, and from then on what differs from a tree that was in order.

use git2::Oid;

use crate::{
    domain::model::{Finding, record_path},
    store::{
        Revision, Store,
        disk::cache,
        objects::{
            compare::DEEPEST,
            damage::{Damage, Torn},
            database::Database,
            record::damaged,
            tree::{Mode, Tree},
        },
    },
};

/// The name of its file below `cache/`.
const FILE: &str = "sound";

impl Revision<'_> {
    /// Returns a folder in which others may read something else than this program, if there is one.
    /// No commit with such a folder is accepted or put in force.
    #[must_use]
    pub fn odd_folder(&self) -> Option<Finding> {
        let known: Option<String> = cache::read(&cache::path(self.store.dir(), FILE));
        let known = known.and_then(|id| id.parse().ok());
        if known == Some(self.tree) {
            return None;
        }
        let former = known.and_then(|id| self.database.tree(id).ok());
        match look(self.database, "", self.tree, former.as_ref(), 0) {
            Ok(()) => self.store.remember_sound(self.tree),
            Err(torn @ Torn { damage: Damage::Odd(_), .. }) => {
                return Some(damaged(torn.path, &torn.damage));
            }
            // What is missing may be on its way.
            Err(Torn { damage: Damage::Lost(_), .. }) => {}
        }
        None
    }
}

impl Store {
    /// Remembers that every folder of a tree is as git writes it.
    pub(in crate::store) fn remember_sound(&self, tree: Oid) {
        cache::write(&cache::path(self.dir(), FILE), &tree.to_string());
    }
}

/// Looks through a folder, as far as it differs from one that is in order.
fn look(
    database: Database<'_>,
    path: &str,
    id: Oid,
    known: Option<&Tree>,
    depth: usize,
) -> Result<(), Torn> {
    let tree = database.tree(id).map_err(|damage| {
        let path = path.to_owned();
        Torn { path, newer: true, damage }
    })?;
    for entry in tree.entries().filter(|entry| entry.mode == Mode::Folder) {
        let known = known.and_then(|it| it.find(entry.name));
        let ours = depth > 0 || entry.text().is_some_and(record_path::is_folder);
        if !ours || depth >= DEEPEST || known == Some(entry) {
            continue;
        }
        let known = known.filter(|it| it.mode == Mode::Folder);
        let known = known.and_then(|it| database.tree(it.id).ok());
        let inner = if path.is_empty() { String::new() } else { format!("{path}/") };
        let inner = format!("{inner}{}", entry.shown());
        look(database, &inner, entry.id, known.as_ref(), depth + 1)?;
    }
    Ok(())
}
