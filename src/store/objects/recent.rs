//! Recently read trees, so that large ones near the top are not read again for each path.

use std::{collections::HashMap, sync::Arc};

use git2::Oid;

use super::{
    damage::{Damage, DamagedFolder},
    database::Database,
    tree::{Mode, Tree},
};

/// The maximum number kept; then the cache is emptied. Most trees are smaller than four kilobytes.
const MOST: usize = 256;

/// Trees by their names.
#[derive(Default)]
pub(in crate::store) struct Recent(HashMap<Oid, Arc<Tree>>);

impl Recent {
    /// Returns a tree.
    ///
    /// # Errors
    /// The tree is missing or damaged.
    pub(in crate::store) fn read(
        &mut self,
        database: Database<'_>,
        id: Oid,
    ) -> Result<Arc<Tree>, Damage> {
        if let Some(known) = self.0.get(&id) {
            return Ok(Arc::clone(known));
        }
        let tree = Arc::new(database.tree(id)?);
        if self.0.len() >= MOST {
            self.0.clear();
        }
        self.0.insert(id, Arc::clone(&tree));
        Ok(tree)
    }

    /// Finds a path, with `/` between its parts, starting from a tree.
    ///
    /// # Errors
    /// Like [`Self::read`].
    pub(in crate::store) fn find(
        &mut self,
        database: Database<'_>,
        tree: Oid,
        path: &str,
    ) -> Result<Option<(Mode, Oid)>, DamagedFolder> {
        let (mut at, mut above) = ((Mode::Folder, tree), 0);
        for name in path.split('/').filter(|name| !name.is_empty()) {
            if at.0 != Mode::Folder {
                return Ok(None);
            }
            let tree = self.read(database, at.1).map_err(|damage| {
                let path = path[..above].trim_end_matches('/').to_owned();
                DamagedFolder { path, newer: true, damage }
            })?;
            match tree.find(name.as_bytes()) {
                Some(entry) => at = (entry.mode, entry.id),
                None => return Ok(None),
            }
            above = path.len().min(above + name.len() + 1);
        }
        Ok(Some(at))
    }
}

#[cfg(test)]
mod tests {
    use git2::ObjectType;

    use super::*;
    use crate::store::{
        Store,
        objects::{edits::Edits, pending::Objects},
    };

    #[test]
    fn what_was_read_before_makes_no_difference() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::from_repository(git2::Repository::init_bare(dir.path()).unwrap());
        let database = store.database();
        let written = |former: Option<Oid>, edits: &[(&str, &str)]| {
            let (mut all, mut objects) = (Edits::default(), Objects::default());
            for (path, text) in edits {
                let id = objects.add(ObjectType::Blob, text.as_bytes()).unwrap();
                all.set(path.as_bytes(), (!text.is_empty()).then_some((Mode::File, id)));
            }
            let tree = all.write(database, former, &mut objects).unwrap().unwrap();
            store.persist(&objects).unwrap();
            tree
        };
        let first = written(
            None,
            &[("a", "1"), ("m/00/1/x", "2"), ("m/00/2/x", "3"), ("m/01/1/x", "4"), ("n/00/1", "5")],
        );
        let second = written(Some(first), &[("m/00/2/x", "6"), ("n/00/1", ""), ("m/01/1/x", "")]);
        let paths = [
            "m/00/1/x",
            "m/00/2/x",
            "a",
            "m/00/1/x",
            "a/b",
            "m/01/1/x",
            "m/02",
            "n/00/1",
            "m/00",
            "",
            "m/00/1/x/y",
            "m/01",
            "n",
            "m/00/2/y",
        ];
        let (mut recent, mut found) = (Recent::default(), 0);
        for path in paths.iter().chain(paths.iter().rev()) {
            for tree in [first, second] {
                let new = Recent::default().find(database, tree, path).unwrap();
                assert_eq!(recent.find(database, tree, path).unwrap(), new, "{path}");
                found += usize::from(new.is_some());
            }
        }
        assert_eq!(found, 2 * (10 + 6), "in the first tree and in the second");
    }

    #[test]
    fn only_a_limited_number_is_kept() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::from_repository(git2::Repository::init_bare(dir.path()).unwrap());
        let repo = git2::Repository::open(dir.path()).unwrap();
        let blob = repo.blob(b"x").unwrap();
        let mut recent = Recent::default();
        for number in 0..2 * MOST {
            let mut tree = repo.treebuilder(None).unwrap();
            tree.insert(format!("{number}"), blob, 0o100_644).unwrap();
            let id = tree.write().unwrap();
            recent.read(store.database(), id).unwrap();
            assert!(recent.0.contains_key(&id) && recent.0.len() <= MOST);
        }
    }
}
