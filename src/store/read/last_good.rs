//! Finds the newest readable version of a record in the history of a commit.

use std::collections::BTreeMap;

use git2::Oid;

use crate::domain::model::{CommitId, FORMAT, Record, RecordPath};
use crate::store::{
    Revision, json, newer,
    objects::damage::Damage,
    objects::ids::{commit_id, oid},
    objects::record::blob,
    objects::tree::{Mode, Tree},
};

/// The maximum number of commits to go back.
const FARTHEST: usize = 10_000;

/// The paths to look for, as a tree; each knows what the following commit has there.
#[derive(Default)]
struct Sought {
    record_path: Option<RecordPath>,
    seen: Option<(Mode, Oid)>,
    within: BTreeMap<Vec<u8>, Sought>,
}

impl Revision<'_> {
    /// Returns the newest readable versions of records, each with its commit.
    ///
    /// It follows first parents. The search for a record ends where it did not exist: what was
    /// removed on purpose does not come back.
    pub(in crate::store) fn last_good(
        &self,
        paths: &[RecordPath],
    ) -> Vec<(RecordPath, CommitId, Record)> {
        let mut sought = Sought::default();
        for record_path in paths {
            sought.add(record_path);
        }
        let mut found = Vec::new();
        let mut commit = self.database.commit(oid(self.id)).ok();
        for _ in 0..FARTHEST {
            let Some(at) = commit.filter(|_| !sought.is_done()) else { break };
            let root = Some((Mode::Folder, at.tree));
            self.visit(&mut sought, root, commit_id(at.id), &mut found);
            commit = at.parent().and_then(|id| self.database.commit(id).ok());
        }
        found
    }

    /// Looks at what a commit has at a sought path, unless the following commit had the same.
    fn visit(
        &self,
        sought: &mut Sought,
        now: Option<(Mode, Oid)>,
        commit: CommitId,
        found: &mut Vec<(RecordPath, CommitId, Record)>,
    ) {
        if now.is_some() && sought.seen == now {
            return;
        }
        sought.seen = now;
        if let Some(record_path) = &sought.record_path {
            match now.map(|(mode, id)| blob(self.database, record_path, mode, id)) {
                None => sought.record_path = None,
                Some(Err(_)) => {}
                Some(Ok(bytes)) => {
                    // A version of the settings states its own format.
                    let is_newer = || {
                        let stated =
                            newer::format_of(&bytes).filter(|_| *record_path == RecordPath::Space);
                        stated.is_some_and(|format| format > FORMAT)
                    };
                    let read = newer::read(record_path, &bytes, is_newer, |bytes| {
                        json::strict(record_path, bytes)
                    });
                    if let Ok((record, _)) = read {
                        found.push((record_path.clone(), commit, record));
                        sought.record_path = None;
                    }
                }
            }
            return;
        }
        let tree = match now {
            Some((Mode::Folder, id)) => match self.database.tree(id) {
                Ok(tree) => tree,
                // What the commit had there cannot be told, so nothing follows from it.
                Err(Damage::Odd(_)) => return,
                Err(Damage::Lost(_) | Damage::Broken { .. }) => Tree::default(),
            },
            _ => Tree::default(),
        };
        let mut rest = std::mem::take(&mut sought.within);
        let mut kept = BTreeMap::new();
        for entry in tree.entries() {
            if let Some((name, mut next)) = rest.remove_entry(entry.name) {
                self.visit(&mut next, Some((entry.mode, entry.id)), commit, found);
                if !next.is_done() {
                    kept.insert(name, next);
                }
            }
        }
        // Whatever is left in `rest` did not exist in this commit.
        sought.within = kept;
    }
}

impl Sought {
    fn add(&mut self, record_path: &RecordPath) {
        let path = record_path.to_string();
        let last = path
            .split('/')
            .fold(self, |at, name| at.within.entry(name.as_bytes().to_vec()).or_default());
        last.record_path = Some(record_path.clone());
    }

    fn is_done(&self) -> bool {
        self.record_path.is_none() && self.within.is_empty()
    }
}
