//! Finding the newest form of a record that can be read, in the history of a commit.

use std::collections::BTreeMap;

use git2::Oid;

use crate::domain::model::{CommitId, FORMAT, Place, Record};
use crate::store::{
    Revision, json, newer,
    objects::damage::Damage,
    objects::ids::{commit_id, oid},
    objects::record::blob,
    objects::tree::{Mode, Tree},
};

/// So many commits are gone back at most.
const FARTHEST: usize = 10_000;

/// The paths that are looked for, as a tree; each knows what the commit after had there.
#[derive(Default)]
struct Sought {
    place: Option<Place>,
    seen: Option<(Mode, Oid)>,
    within: BTreeMap<Vec<u8>, Sought>,
}

impl Revision<'_> {
    /// Returns the newest readable forms of records, each with the commit that it is from.
    ///
    /// The first parents are followed. Where a record did not exist, the search for it ends: what
    /// was removed on purpose does not come back.
    pub(in crate::store) fn last_good(&self, places: &[Place]) -> Vec<(Place, CommitId, Record)> {
        let mut sought = Sought::default();
        for place in places {
            sought.add(place);
        }
        let mut found = Vec::new();
        let Ok(repo) = self.store.repo() else { return found };
        let mut commit = repo.find_commit(oid(self.id)).ok();
        for _ in 0..FARTHEST {
            let Some(at) = commit.filter(|_| !sought.is_done()) else { break };
            let root = Some((Mode::Folder, at.tree_id()));
            self.visit(&mut sought, root, commit_id(at.id()), &mut found);
            commit = at.parent(0).ok();
        }
        found
    }

    /// Looks at what a commit has at a sought path, unless the commit after had just the same.
    fn visit(
        &self,
        sought: &mut Sought,
        now: Option<(Mode, Oid)>,
        commit: CommitId,
        found: &mut Vec<(Place, CommitId, Record)>,
    ) {
        if now.is_some() && sought.seen == now {
            return;
        }
        sought.seen = now;
        if let Some(place) = &sought.place {
            match now.map(|(mode, id)| blob(self.database, place, mode, id)) {
                None => sought.place = None,
                Some(Err(_)) => {}
                Some(Ok(bytes)) => {
                    // A form of the settings says by itself of which format it is.
                    let is_newer = || {
                        let said = newer::format_of(&bytes).filter(|_| *place == Place::Space);
                        said.is_some_and(|format| format > FORMAT)
                    };
                    let read =
                        newer::read(place, &bytes, is_newer, |bytes| json::strict(place, bytes));
                    if let Ok((record, _)) = read {
                        found.push((place.clone(), commit, record));
                        sought.place = None;
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
                Err(Damage::Lost(_)) => Tree::default(),
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
    fn add(&mut self, place: &Place) {
        let path = place.to_string();
        let last = path
            .split('/')
            .fold(self, |at, name| at.within.entry(name.as_bytes().to_vec()).or_default());
        last.place = Some(place.clone());
    }

    fn is_done(&self) -> bool {
        self.place.is_none() && self.within.is_empty()
    }
}
