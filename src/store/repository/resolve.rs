//! Finds the commit that a person refers to.

use std::sync::OnceLock;

use git2::{ObjectType, Oid};
use jiff::Timestamp;

use crate::domain::model::CommitId;
use crate::store::{
    Revision, Store, StoreError,
    objects::{
        commit::Commit,
        ids::{commit_id, oid},
    },
    read::past::Past,
};

/// The fewest digits that stand for an id, as in git.
const FEWEST: usize = 4;

/// How many tags may name one another.
const TAGS: usize = 5;

impl Store {
    /// Finds a commit by its name: `HEAD~1`, a branch, a tag, the start of an id.
    ///
    /// # Errors
    /// The name matches no commit, or more than one.
    pub fn resolve(&self, spec: &str) -> Result<CommitId, StoreError> {
        self.named(spec).map(commit_id).ok_or_else(|| StoreError::UnknownRevision(spec.to_owned()))
    }

    /// Finds a tree by its own id or by the name of its commit.
    pub(in crate::store) fn resolve_tree(&self, spec: &str) -> Result<Oid, StoreError> {
        let spec = spec.strip_suffix("^{tree}").unwrap_or(spec);
        let unknown = || StoreError::UnknownRevision(spec.to_owned());
        if let Some(commit) = self.named(spec) {
            return self.tree_of(commit_id(commit));
        }
        let id = self.object_named(spec).ok_or_else(unknown)?;
        match self.database().object(id) {
            Ok((ObjectType::Tree, _)) => Ok(id),
            _ => Err(unknown()),
        }
    }

    /// Finds a commit by a name and the steps back from it: `main~2^2`.
    fn named(&self, spec: &str) -> Option<Oid> {
        let (name, steps) = spec.split_at(spec.find(['~', '^']).unwrap_or(spec.len()));
        let mut at = self.peel(self.object_named(name)?)?;
        let mut steps = steps;
        while let Some(kind) = steps.chars().next() {
            let rest = &steps[1..];
            if let Some(tail) = rest.strip_prefix("{commit}").or_else(|| rest.strip_prefix("{}")) {
                steps = tail;
                continue;
            }
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let count = if digits == 0 { 1 } else { rest[..digits].parse::<usize>().ok()? };
            let parents = |id| self.database().commit(id).ok().map(|it: Commit| it.parents);
            match kind {
                '~' => {
                    for _ in 0..count {
                        at = parents(at)?.first().copied()?;
                    }
                }
                '^' if count > 0 => at = parents(at)?.get(count - 1).copied()?,
                '^' => {}
                _ => return None,
            }
            steps = &rest[digits..];
        }
        Some(at)
    }

    /// Finds an object by a ref, by its id, or by the start of its id.
    fn object_named(&self, name: &str) -> Option<Oid> {
        let is_id = name.len() <= 40 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
        if is_id && name.len() == 40 {
            return Oid::from_str(name).ok();
        }
        if name.is_empty() || name.contains(':') {
            return None; // libgit2 would take nothing for HEAD
        }
        let repo = self.repo().ok()?;
        let name = if name == "@" { "HEAD" } else { name };
        if let Some((name, number)) = name.strip_suffix('}').and_then(|it| it.split_once("@{")) {
            let name = if name.is_empty() { "HEAD" } else { name };
            let full = match repo.resolve_reference_from_short_name(name) {
                Ok(found) => found.name().ok()?.to_owned(),
                Err(_) => return None,
            };
            return Some(repo.reflog(&full).ok()?.get(number.parse().ok()?)?.id_new());
        }
        let named = repo.resolve_reference_from_short_name(name);
        if let Ok(found) = named.and_then(|it| it.resolve()) {
            return found.target();
        }
        if !is_id || name.len() < FEWEST {
            return None;
        }
        let short = Oid::from_str(name).ok()?;
        repo.odb().ok()?.exists_prefix(short, name.len()).ok()
    }

    /// Follows a tag to its commit.
    fn peel(&self, mut id: Oid) -> Option<Oid> {
        for _ in 0..TAGS {
            match self.database().object(id).ok()? {
                (ObjectType::Commit, _) => return Some(id),
                (ObjectType::Tag, bytes) => {
                    let text = String::from_utf8_lossy(&bytes).into_owned();
                    id = Oid::from_str(text.lines().next()?.strip_prefix("object ")?).ok()?;
                }
                _ => return None,
            }
        }
        None
    }

    /// Lists at most `most` ancestors of a commit by first parents, newest first.
    pub(in crate::store) fn ancestors(&self, commit: CommitId, most: usize) -> Vec<CommitId> {
        let parent = |id: &Oid| self.database().commit(*id).ok().and_then(|it| it.parent());
        let all = std::iter::successors(parent(&oid(commit)), parent);
        all.take(most).map(commit_id).collect()
    }

    /// Finds the newest commit of the branch that is not later than a moment, if there is one.
    ///
    /// # Errors
    /// The history cannot be read.
    pub fn commit_at(&self, at: Timestamp) -> Result<Option<CommitId>, StoreError> {
        Ok(self.commits_at(&[at])?.pop().flatten())
    }

    /// Finds such a commit for each of several moments, latest first, in one walk.
    ///
    /// # Errors
    /// The history cannot be read.
    pub fn commits_at(&self, moments: &[Timestamp]) -> Result<Vec<Option<CommitId>>, StoreError> {
        let fail = self.damaged("read the history", "");
        let read = |id| self.database().commit(id).map_err(&fail);
        let mut commit = Some(read(oid(self.head()?))?);
        let mut found = Vec::with_capacity(moments.len());
        for at in moments {
            while let Some(later) = commit.take_if(|it| it.seconds > at.as_second()) {
                commit = later.parent().map(read).transpose()?;
            }
            found.push(commit.as_ref().map(|it| commit_id(it.id)));
        }
        Ok(found)
    }

    /// Starts reading the records of a commit.
    ///
    /// # Errors
    /// There is no such commit.
    pub fn read(&self, at: CommitId) -> Result<Revision<'_>, StoreError> {
        let (tree, time) = self.commit(at)?;
        let (database, format, past) = (self.database(), OnceLock::new(), Past::default());
        Ok(Revision { store: self, database, id: at, time, tree, format, past })
    }
}
