//! The result of checking all records, remembered for the tree that was checked.
//!
//! It lies in `.git/space/cache/` and is used only if it is intact, about the same tree, and from
//! the same environment: a check depends on the program and on its time zone data.

use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        check,
        model::{CommitId, Finding},
    },
    store::{Revision, disk::cache},
};

/// The name of its file in `cache/`.
pub(super) const FILE: &str = "verdict";

/// With more changed files than this, a complete check is quicker.
const MANY: usize = 1_000;

#[derive(Serialize, Deserialize)]
struct Verdict {
    world: String,
    tree: String,
    commit: CommitId,
    findings: Vec<Finding>,
}

impl Revision<'_> {
    /// Returns what is wrong with any record: the remembered result, or that of `check`, which is
    /// then remembered. If an older commit is known to be in order, only what changed since is
    /// checked. `world` names everything else that the result depends on.
    pub fn verdict(&self, world: &str, check: impl FnOnce(&Self) -> Vec<Finding>) -> Vec<Finding> {
        let known: Option<Verdict> = cache::read(&cache::path(self.store.dir(), FILE));
        let known = known.filter(|it| it.world == world);
        let tree = self.tree.to_string();
        let findings = match known {
            Some(it) if it.tree == tree => return it.findings,
            Some(it) if it.findings.is_empty() && self.is_still_in_order(&it) => Vec::new(),
            _ => check(self),
        };
        self.remember(world, &findings);
        findings
    }

    /// Remembers the result of a complete check, if it is about the newest commit.
    pub fn remember(&self, world: &str, findings: &[Finding]) {
        let newest = self.store.head().and_then(|it| Ok((it, self.store.tree_of(it)?)));
        let Some((commit, _)) = newest.ok().filter(|(_, tree)| *tree == self.tree) else { return };
        let (world, tree) = (world.to_owned(), self.tree.to_string());
        let findings = findings.to_vec();
        let verdict = Verdict { world, tree, commit, findings };
        cache::write(&cache::path(self.store.dir(), FILE), &verdict);
    }

    /// Tells whether nothing was found since a commit that was in order.
    fn is_still_in_order(&self, older: &Verdict) -> bool {
        let looked = || {
            let before = self.store.read(older.commit).ok()?;
            if before.tree.to_string() != older.tree || self.unsound().is_some() {
                return None;
            }
            if self.changes_since(older.commit).ok()?.len() > MANY {
                return None;
            }
            let (change, findings) = self.change_since(older.commit).ok()?;
            Some(findings.is_empty() && check::change(&change, &before).is_empty())
        };
        looked().unwrap_or(false)
    }
}
