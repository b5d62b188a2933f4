//! Walks the history, commit by commit.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BinaryHeap, HashMap},
};

use git2::Oid;

use crate::store::{
    Store, StoreError,
    objects::{commit::Commit, damage::Damage},
};

/// How many commits are looked at after the last one that is on one side only: dates are those of
/// many clocks.
const SLOP: usize = 64;

/// The seconds of a commit, the order in which it was found, and its id: the newest comes first.
type Place = (i64, Reverse<usize>, Oid);

/// A commit and its ancestors, each after all its descendants, and otherwise the newest first.
pub(in crate::store) struct Walk<'s> {
    store: &'s Store,
    ready: BinaryHeap<Place>,
    found: usize,
    /// From the first merge on: how many children of each commit are still to come, and its date.
    below: Option<HashMap<Oid, (usize, i64)>>,
}

impl Store {
    /// Walks a commit and its ancestors.
    pub(in crate::store) fn walk(&self, from: Oid) -> Walk<'_> {
        let ready = BinaryHeap::from([(0, Reverse(0), from)]);
        Walk { store: self, ready, found: 0, below: None }
    }

    /// Returns the commits that only the first of two has among itself and its ancestors, and those
    /// that only the second has; by their dates, newest first.
    ///
    /// # Errors
    /// The history cannot be read.
    pub(in crate::store) fn sides(
        &self,
        one: Oid,
        other: Oid,
    ) -> Result<(Vec<Oid>, Vec<Oid>), StoreError> {
        if one == other {
            return Ok((Vec::new(), Vec::new()));
        }
        let fail = self.damaged("read the history", "");
        let mut known: HashMap<Oid, (u8, Commit)> = HashMap::new();
        let mut open: BinaryHeap<(i64, Oid, u8)> = BinaryHeap::new();
        for (id, side) in [(one, 1), (other, 2)] {
            open.push((self.database().commit(id).map_err(&fail)?.seconds, id, side));
        }
        // How many of those to be looked at are on one side only.
        let (mut apart, mut slop) = (2_usize, SLOP);
        while let Some((_, id, sides)) = open.pop() {
            apart -= usize::from(sides != 3);
            slop = if apart > 0 { SLOP } else { slop.saturating_sub(1) };
            let had = known.get(&id).map_or(0, |(had, _)| *had);
            let all = had | sides;
            if all != had {
                let commit = match known.remove(&id) {
                    Some((_, commit)) => commit,
                    None => self.database().commit(id).map_err(&fail)?,
                };
                for parent in &commit.parents {
                    let before = known.get(parent).map_or(0, |(had, _)| *had);
                    if before | all != before {
                        let seconds = match known.get(parent) {
                            Some((_, commit)) => commit.seconds,
                            None => self.database().commit(*parent).map_err(&fail)?.seconds,
                        };
                        apart += usize::from(all != 3);
                        open.push((seconds, *parent, all));
                    }
                }
                known.insert(id, (all, commit));
            }
            if slop == 0 {
                break;
            }
        }
        let mut both = BTreeMap::from([(1_u8, Vec::new()), (2, Vec::new())]);
        for (id, (sides, commit)) in known {
            if let Some(list) = both.get_mut(&sides) {
                list.push((commit.seconds, id));
            }
        }
        let mut list = |side| {
            let mut list: Vec<(i64, Oid)> = both.remove(&side).unwrap_or_default();
            list.sort_unstable_by(|a, b| b.cmp(a));
            list.into_iter().map(|(_, id)| id).collect()
        };
        Ok((list(1), list(2)))
    }
}

impl Walk<'_> {
    /// Counts the children of all commits below a merge.
    fn count(&mut self, merge: &Commit) -> Result<(), Damage> {
        let mut below: HashMap<Oid, (usize, i64)> = HashMap::new();
        let mut open = merge.parents.clone();
        while let Some(id) = open.pop() {
            if let Some((children, _)) = below.get_mut(&id) {
                *children += 1;
                continue;
            }
            let commit = self.store.database().commit(id)?;
            below.insert(id, (1, commit.seconds));
            open.extend(commit.parents);
        }
        self.below = Some(below);
        Ok(())
    }

    fn step(&mut self, id: Oid) -> Result<Commit, Damage> {
        let commit = self.store.database().commit(id)?;
        // As long as there is one line, whatever is left lies below it.
        if commit.parents.len() > 1 && self.below.is_none() {
            self.count(&commit)?;
        }
        for parent in &commit.parents {
            let mut seconds = 0;
            if let Some((children, at)) = self.below.as_mut().and_then(|it| it.get_mut(parent)) {
                *children = children.saturating_sub(1);
                seconds = *at;
                if *children > 0 {
                    continue;
                }
            }
            self.found += 1;
            self.ready.push((seconds, Reverse(self.found), *parent));
        }
        Ok(commit)
    }
}

impl Iterator for Walk<'_> {
    type Item = Result<Commit, Damage>;

    fn next(&mut self) -> Option<Self::Item> {
        let (_, _, id) = self.ready.pop()?;
        let step = self.step(id);
        if step.is_err() {
            self.ready.clear();
        }
        Some(step)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use git2::{Repository, Signature, Sort, Time};
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        /// libgit2 walks the same histories.
        #[test]
        fn any_history_is_walked_as_libgit2_walks_it(
            commits in prop::collection::vec((0..40_i64, any::<u8>(), any::<u8>()), 2..24),
        ) {
            let dir = tempfile::tempdir().unwrap();
            let repo = Repository::init_bare(dir.path()).unwrap();
            let tree = repo.find_tree(repo.treebuilder(None).unwrap().write().unwrap()).unwrap();
            let mut ids: Vec<Oid> = Vec::new();
            for (number, (seconds, a, b)) in commits.iter().enumerate() {
                let who = Signature::new("a", "b", &Time::new(1_000_000 + seconds, 0)).unwrap();
                let mut parents: Vec<usize> = Vec::new();
                if number > 0 {
                    parents.push(number - 1 - usize::from(*a) % number.min(3));
                    let second = usize::from(*b) % number;
                    if *b % 3 == 0 && second != parents[0] {
                        parents.push(second);
                    }
                }
                let parents: Vec<_> =
                    parents.iter().map(|at| repo.find_commit(ids[*at]).unwrap()).collect();
                let parents: Vec<_> = parents.iter().collect();
                let text = number.to_string();
                ids.push(repo.commit(None, &who, &who, &text, &tree, &parents).unwrap());
            }
            let store = Store::from_repository(Repository::open(dir.path()).unwrap());
            let newest = *ids.last().unwrap();
            let walked: Vec<Commit> = store.walk(newest).map(Result::unwrap).collect();
            let mut walk = repo.revwalk().unwrap();
            walk.set_sorting(Sort::TOPOLOGICAL).unwrap();
            walk.push(newest).unwrap();
            let mut expected: Vec<Oid> = walk.map(Result::unwrap).collect();
            let mut found: Vec<Oid> = walked.iter().map(|it| it.id).collect();
            for (at, commit) in walked.iter().enumerate() {
                prop_assert!(commit.parents.iter().all(|it| !found[..at].contains(it)));
            }
            expected.sort();
            found.sort();
            prop_assert_eq!(found, expected);
            // Its `graph_ahead_behind` counts what both have if a commit is newer than its child.
            let all_of = |id: &Oid| -> BTreeSet<Oid> {
                let mut walk = repo.revwalk().unwrap();
                walk.push(*id).unwrap();
                walk.map(Result::unwrap).collect()
            };
            let all: Vec<(Oid, BTreeSet<Oid>)> = ids.iter().map(|id| (*id, all_of(id))).collect();
            for (one, ones) in &all {
                for (other, others) in &all {
                    let (mut ahead, mut behind) = store.sides(*one, *other).unwrap();
                    ahead.sort();
                    behind.sort();
                    prop_assert_eq!(ahead, ones.difference(others).copied().collect::<Vec<_>>());
                    prop_assert_eq!(behind, others.difference(ones).copied().collect::<Vec<_>>());
                }
            }
        }
    }
}
