//! Git objects written without any of git's checks.

use git2::{ObjectType, Oid, Repository};

/// A mode, a name, an object: one entry of a tree.
pub(crate) type Row = (String, Vec<u8>, Oid);

/// Returns an entry.
pub(crate) fn row(mode: &str, name: &str, id: Oid) -> Row {
    (mode.to_owned(), name.as_bytes().to_vec(), id)
}

/// Writes into a repository.
#[derive(Clone, Copy)]
pub(crate) struct Raw<'r>(pub(crate) &'r Repository);

impl Raw<'_> {
    pub(crate) fn blob(self, bytes: impl AsRef<[u8]>) -> Oid {
        self.0.blob(bytes.as_ref()).unwrap()
    }

    /// Writes a tree with these entries, in this order.
    pub(crate) fn tree(self, rows: &[Row]) -> Oid {
        let one = |(mode, name, id): &Row| {
            [mode.as_bytes(), b" ", &name[..], b"\0", id.as_bytes()].concat()
        };
        let bytes: Vec<u8> = rows.iter().flat_map(one).collect();
        self.0.odb().unwrap().write(ObjectType::Tree, &bytes).unwrap()
    }

    /// Returns the entries of a tree that is as git writes it.
    pub(crate) fn rows(self, tree: Oid) -> Vec<Row> {
        let tree = self.0.find_tree(tree).unwrap();
        let one = |entry: git2::TreeEntry<'_>| {
            (format!("{:o}", entry.filemode_raw()), entry.name_bytes().to_vec(), entry.id())
        };
        tree.iter().map(one).collect()
    }

    /// Returns a tree in which one folder's entries are edited.
    pub(crate) fn edited(self, tree: Oid, path: &str, edit: &dyn Fn(&mut Vec<Row>)) -> Oid {
        let mut rows = self.rows(tree);
        match path.split_once('/').map_or((path, ""), |it| it) {
            ("", _) => edit(&mut rows),
            (name, rest) => {
                let inner = rows.iter_mut().find(|it| it.1 == name.as_bytes()).unwrap();
                inner.2 = self.edited(inner.2, rest, edit);
            }
        }
        self.tree(&rows)
    }

    /// Commits a tree to `main`.
    pub(crate) fn commit(self, tree: Oid, message: &str) -> Oid {
        let parent = self.0.refname_to_id("refs/heads/main").unwrap();
        let who = "Mallory <m@example.org> 1767636000 +0000";
        let text =
            format!("tree {tree}\nparent {parent}\nauthor {who}\ncommitter {who}\n\n{message}\n");
        let commit = self.0.odb().unwrap().write(ObjectType::Commit, text.as_bytes()).unwrap();
        self.0.reference("refs/heads/main", commit, true, "forged").unwrap();
        commit
    }
}
