//! Writes trees that differ little from former ones.

use std::{cmp::Ordering, collections::BTreeMap};

use git2::{ObjectType, Oid};

use super::{
    damage::Damage,
    database::Database,
    pending::Objects,
    tree::{Mode, TreeEntry},
};

/// The edits of the names in one folder.
#[derive(Debug, Default)]
pub(in crate::store) struct Edits(BTreeMap<Vec<u8>, Edit>);

#[derive(Debug)]
enum Edit {
    Put(Mode, Oid),
    Remove,
    Within(Edits),
}

impl Edits {
    /// Sets the content of a path, or removes it; `/` separates the parts of the path.
    pub(in crate::store) fn set(&mut self, path: &[u8], content: Option<(Mode, Oid)>) {
        let Some(end) = path.iter().position(|byte| *byte == b'/') else {
            let edit = content.map_or(Edit::Remove, |(mode, id)| Edit::Put(mode, id));
            self.0.insert(path.to_vec(), edit);
            return;
        };
        let (folder, rest) = (&path[..end], &path[end + 1..]);
        let within = self.0.entry(folder.to_vec());
        if let Edit::Within(edits) = within.or_insert_with(|| Edit::Within(Self::default())) {
            edits.set(rest, content);
        }
    }

    /// Applies the edits to a tree, adds the resulting trees, and returns the new one.
    ///
    /// An empty folder is left out, as git does.
    pub(in crate::store) fn write(
        &self,
        database: Database<'_>,
        tree: Option<Oid>,
        objects: &mut Objects,
    ) -> Result<Option<Oid>, Damage> {
        let old = tree.map(|id| database.tree(id)).transpose()?.unwrap_or_default();
        let mut added = Vec::new();
        for (name, edit) in &self.0 {
            match edit {
                Edit::Put(mode, id) => added.push(TreeEntry { mode: *mode, name, id: *id }),
                Edit::Remove => {}
                Edit::Within(edits) => {
                    let former = match old.find(name) {
                        Some(entry) if entry.mode != Mode::Folder => {
                            let name = entry.shown();
                            let message = format!("`{name}` is a file where a folder is needed");
                            return Err(git2::Error::from_str(&message).into());
                        }
                        entry => entry.map(|entry| entry.id),
                    };
                    if let Some(id) = edits.write(database, former, objects)? {
                        added.push(TreeEntry { mode: Mode::Folder, name, id });
                    }
                }
            }
        }
        added.sort_by(TreeEntry::order);
        let kept = old.entries().filter(|entry| !self.0.contains_key(entry.name));
        let bytes = merge(kept, added, old.size());
        if bytes.is_empty() {
            return Ok(None);
        }
        Ok(Some(objects.add(ObjectType::Tree, &bytes)?))
    }
}

/// Returns the bytes of a tree object with these entries, which are sorted.
pub(in crate::store) fn tree_bytes(entries: Vec<TreeEntry<'_>>) -> Vec<u8> {
    merge(std::iter::empty(), entries, 0)
}

fn merge<'t>(
    kept: impl Iterator<Item = TreeEntry<'t>>,
    added: Vec<TreeEntry<'t>>,
    room: usize,
) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(room + added.len() * 64);
    let mut put = |entry: TreeEntry<'_>| {
        bytes.extend_from_slice(entry.mode.digits().as_bytes());
        bytes.push(b' ');
        bytes.extend_from_slice(entry.name);
        bytes.push(0);
        bytes.extend_from_slice(entry.id.as_bytes());
    };
    let mut added = added.into_iter().peekable();
    for entry in kept {
        while let Some(new) = added.next_if(|new| new.order(&entry) == Ordering::Less) {
            put(new);
        }
        put(entry);
    }
    added.for_each(put);
    bytes
}
