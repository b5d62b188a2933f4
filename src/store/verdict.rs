//! What a check of all records found, remembered by the tree that was checked.
//!
//! It lies in `.git/space/cache/` and is believed only if it is whole, of the same tree, and of the
//! same world: a check depends on the program and on what it knows of time zones.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::{Revision, Store, durable, key::private_dir};
use crate::domain::{
    check,
    model::{CommitId, Finding, Severity},
};

/// Beyond so many changed files everything is checked, and in less time.
const MANY: usize = 1_000;

#[derive(Serialize, Deserialize)]
struct Verdict {
    world: String,
    tree: String,
    commit: CommitId,
    findings: Vec<Line>,
}

/// A finding in a form that can be read again.
#[derive(Serialize, Deserialize)]
struct Line {
    path: String,
    line: Option<u32>,
    column: Option<u32>,
    code: String,
    is_error: bool,
    message: String,
}

impl Revision<'_> {
    /// Returns what is wrong with any record: as it is remembered, or as `check` finds it, which is
    /// then remembered. Where an older commit is known to be in order, only what changed since is
    /// checked. `world` names all that the outcome depends on beside the records.
    pub fn verdict(&self, world: &str, check: impl FnOnce(&Self) -> Vec<Finding>) -> Vec<Finding> {
        let path = path(self.store);
        let known = read(&path).filter(|it| it.world == world);
        let tree = self.tree.to_string();
        let findings = match known {
            Some(it) if it.tree == tree => return it.findings.into_iter().map(finding).collect(),
            Some(it) if it.findings.is_empty() && self.is_still_in_order(&it) => Vec::new(),
            _ => check(self),
        };
        self.remember(world, &findings);
        findings
    }

    /// Keeps what a full check found, if it is about the newest commit.
    pub fn remember(&self, world: &str, findings: &[Finding]) {
        let newest = self.store.newest().and_then(|it| Ok((it, self.store.tree_of(it)?)));
        let Some((commit, _)) = newest.ok().filter(|(_, tree)| *tree == self.tree) else { return };
        let (world, tree) = (world.to_owned(), self.tree.to_string());
        let findings = findings.iter().map(line).collect();
        let Ok(text) = serde_json::to_string(&Verdict { world, tree, commit, findings }) else {
            return;
        };
        let path = path(self.store);
        // Where it cannot be written, the next one checks again.
        if path.parent().is_some_and(|folder| private_dir(folder).is_ok()) {
            let bytes = format!("{}\n{text}\n", blake3::hash(text.as_bytes()).to_hex());
            let _ = durable::replace(&path, &path.with_extension("new"), bytes.as_bytes());
        }
    }

    /// Tells whether nothing came up since a commit that was in order.
    fn is_still_in_order(&self, older: &Verdict) -> bool {
        let looked = || {
            let before = self.store.read(older.commit).ok()?;
            if before.tree.to_string() != older.tree {
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

fn path(store: &Store) -> PathBuf {
    store.dir().join("cache/verdict")
}

fn read(path: &std::path::Path) -> Option<Verdict> {
    let said = std::fs::read_to_string(path).ok()?;
    let (hash, text) = said.strip_suffix('\n')?.split_once('\n')?;
    (blake3::hash(text.as_bytes()).to_hex().as_str() == hash).then_some(())?;
    serde_json::from_str(text).ok()
}

fn line(finding: &Finding) -> Line {
    Line {
        path: finding.path.clone(),
        line: finding.line,
        column: finding.column,
        code: finding.code.to_owned(),
        is_error: finding.is_error(),
        message: finding.message.clone(),
    }
}

fn finding(line: Line) -> Finding {
    let severity = if line.is_error { Severity::Error } else { Severity::Warning };
    // There are few codes, and a process asks once.
    let code = String::leak(line.code);
    let Line { path, line, column, message, .. } = line;
    Finding { path, line, column, code, severity, message }
}
